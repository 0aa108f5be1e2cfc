package dev.odyssey.bench.crash;

import java.util.Locale;

/** Where a job can be held: the place in a route, by the id of the step that stands there. */
enum Step {
  CLAIMING("poll-queue", "call-claim-jobs", false),
  CLAIMED("poll-queue", "hand-over", false),
  BEGINNING("begin-attempt", "call-begin-attempt", false),
  BEGUN("process-job", "download", false),
  DOWNLOADED("process-job", "transform", false),
  TRANSFORMED("process-job", "publish", false),
  UPLOADING("publish-snapshot", "put", false),
  UPLOADED("publish-snapshot", "head", false),
  PUBLISHED("process-job", "complete", false),
  COMPLETING("complete-run", "call-complete-run", false),
  COMPLETED("complete-run", "call-complete-run", true),
  RENEWING("renew-leases", "call-renew-leases", false),
  FAILING("fail-run", "end", Trouble.SOURCE_FAILS),
  RETRYING("retry-run", "call-retry-run", Trouble.SOURCE_FAILS),
  DEAD_LETTERING("dead-letter-run", "call-dead-letter-run", Trouble.SOURCE_GONE),
  CANCELLING("interrupt-run", "call-interrupt-run", Trouble.CANCELLED),
  KEEPING_HOUSE("housekeeping", "call-end-housekeeping", false),
  /** Not a place: some time after the job was queued. */
  RANDOM(null, null, false);

  private final String route;
  private final String id;
  private final boolean after;
  private final Trouble trouble;

  /** Without which no job comes to the place. */
  enum Trouble {
    NONE,
    /** Storage answers 500 for a while: the job is tried again. */
    SOURCE_FAILS,
    /** A source file is missing: a dead letter, redriven when the file is there again. */
    SOURCE_GONE,
    /** Somebody cancels the run while it works. */
    CANCELLED
  }

  Step(String route, String id, boolean after) {
    this(route, id, after, Trouble.NONE);
  }

  Step(String route, String id, Trouble trouble) {
    this(route, id, false, trouble);
  }

  Step(String route, String id, boolean after, Trouble trouble) {
    this.route = route;
    this.id = id;
    this.after = after;
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }

  /** Whether a job stands there, not the runner's own clockwork. */
  boolean isOfJob() {
    return this != CLAIMING && this != RENEWING && this != KEEPING_HOUSE;
  }

  /** The route file. */
  String route() {
    return route;
  }

  /** The step of that file. */
  String id() {
    return id;
  }

  /** Whether the place is behind that step instead of before it. */
  boolean after() {
    return after;
  }

  boolean isPlace() {
    return route != null;
  }

  /** Whether a statement to the database comes next. */
  boolean isStatement() {
    return isPlace() && !after && id.startsWith("call-");
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
