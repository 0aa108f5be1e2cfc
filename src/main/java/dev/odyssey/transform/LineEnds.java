package dev.odyssey.transform;

/**
 * How the lines at a file's beginning end.
 *
 * @param lf lines that end in LF alone; then those in CR LF and in CR alone
 * @param mixedBefore true when the lines before the data end in more than one way
 */
record LineEnds(long lf, long crLf, long cr, boolean mixedBefore) {

  static LineEnds of(byte[] head, long linesBefore) {
    long lf = 0;
    long crLf = 0;
    long cr = 0;
    boolean mixedBefore = false;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n') {
        lf++;
      } else if (head[i] == '\r' && i + 1 < head.length && head[i + 1] == '\n') {
        crLf++;
        i++;
      } else if (head[i] == '\r') {
        cr++;
      } else {
        continue;
      }
      int kinds = Long.signum(lf) + Long.signum(crLf) + Long.signum(cr);
      mixedBefore |= kinds > 1 && lf + crLf + cr <= linesBefore + 1;
    }
    return new LineEnds(lf, crLf, cr, mixedBefore);
  }

  /** The most frequent; LF where there is none; empty where the beginning is mixed. */
  String usual() {
    if (mixedBefore) {
      return "";
    }
    if (lf + crLf + cr == 0 || (lf >= crLf && lf >= cr)) {
      return "\n";
    }
    return crLf >= cr ? "\r\n" : "\r";
  }
}
