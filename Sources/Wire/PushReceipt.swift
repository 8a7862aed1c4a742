import Values

/// When something was pushed to us last.
package struct PushReceipt: Hashable, Sendable {
  package let at: Instant
  /// For how long we have listened since; time in which nobody could have pushed anything is left out.
  package let silence: Span

  package init(at: Instant, silence: Span) {
    self.at = at
    self.silence = silence
  }
}
