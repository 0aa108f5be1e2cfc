package dev.odyssey.bench.crash;

import java.util.Locale;

/** What happens to the replica that holds the job, or to its connections. */
enum Fault {
  /** SIGKILL; a new process takes its place. */
  KILL,
  /** SIGSTOP, and SIGCONT when the visibility timeout is over. */
  STOP,
  /** All its database connections break; new ones work. */
  CUT,
  /** They break, and none works until the visibility timeout is over. */
  OUTAGE,
  /** Nothing passes either way until the visibility timeout is over, then all of it. */
  STALL,
  /** The next statement arrives and its answer never does, since the connection breaks. */
  LOST_ANSWER;

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
