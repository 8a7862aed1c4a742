/// What is to be said of the lines that some logs have gained, beside the lines.
package struct LineGain: Hashable, Sendable {
  /// Files that are followed.
  package var files = 0
  /// Lines that were longer than the limit, and of which only the beginning is there.
  package var cut = 0
  /// Bytes that were too many for now, and come the next time; of files only.
  package var unread = 0
  /// Why these may not be all lines, as a phrase; nil when they are.
  package var trouble: String?

  package init() {}
}
