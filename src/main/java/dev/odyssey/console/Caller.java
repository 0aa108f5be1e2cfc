package dev.odyssey.console;

/**
 * Who asks, as the connection tells it. Headers that a proxy adds are only ever held against a
 * caller, never believed.
 *
 * @param address the other end of the connection, as text
 * @param host the {@code Host} header; null where there is none
 * @param forwarded whether a header says that a proxy stands between
 * @param session the session cookie's value; null where there is none
 */
record Caller(String address, String host, boolean forwarded, String session) {

  boolean isLoopback() {
    return address != null
        && (address.startsWith("127.")
            || address.equals("::1")
            || address.equals("0:0:0:0:0:0:0:1")
            || address.startsWith("::ffff:127."));
  }

  /** Whether the browser was sent here by a name that only this machine has. */
  boolean namesLoopback() {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d{1,5}$", "");
    return name.equalsIgnoreCase("localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equals("[::1]");
  }
}
