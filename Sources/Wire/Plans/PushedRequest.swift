import Values

/// A question for what was pushed to an endpoint.
package struct PushedRequest: Hashable, Sendable {
  /// Silent for longer than this is dead.
  package var patience: Span

  package init(patience: Span) {
    self.patience = patience
  }
}
