/// What checking a journal found.
package enum Verification: Equatable, Sendable {
  case intact(Head)
  /// The first bad event: its seq, and a sentence.
  case broken(at: Int64, why: String)
  /// Fewer events than were once there, with nothing wrong in the rest.
  case missingTail(expected: Int64, found: Int64)
  /// The chain is unbroken, and yet the file is not as midwatch left it.
  case damaged(why: String)
  /// It could not be read, or there is nothing to hold it against.
  case cannotTell(why: String)

  var isIntact: Bool {
    if case .intact = self { true } else { false }
  }
}

extension Verification: CustomStringConvertible {
  package var description: String {
    switch self {
    case .intact(let head): "The chain is unbroken: \(head.count) events, head \(head.hash.prefix(8))."
    case .broken(let seq, let why): "The chain breaks at event \(seq): \(why)"
    case .missingTail(let expected, let found):
      "The last events are missing: \(expected) were written, \(found) are here."
    case .damaged(let why): "The chain is unbroken, but the file was damaged or changed: \(why)"
    case .cannotTell(let why): why
    }
  }
}
