package dev.odyssey.steps;

/**
 * Hears of every step that is over, on the thread of its job: whoever has much to do with it does
 * it elsewhere. What it throws is logged and concerns no job.
 */
public interface StepListener {
  void ended(StepEnd step);
}
