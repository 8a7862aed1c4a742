/// Names one transfer between its start and its outcome; whoever starts them keeps them distinct.
package struct TransferID: Hashable, Sendable {
  package let number: UInt64

  package init(_ number: UInt64) {
    self.number = number
  }
}
