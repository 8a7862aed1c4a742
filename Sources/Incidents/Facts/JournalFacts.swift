/// The first event of every journal: who made the file, and what it continues.
package struct JournalOpened: Fact {
  package static let kind = "journal.opened"

  /// The head of the journal that a restored copy continues.
  package struct HeadOf: Codable, Equatable, Sendable {
    package let origin: String
    package let count: Int64
    package let head: String

    package init(origin: String, count: Int64, head: String) {
      self.origin = origin
      self.count = count
      self.head = head
    }
  }

  /// The version of midwatch that made it.
  package let midwatch: String
  package let schema: Int
  package let name: String
  package let headOf: HeadOf?

  package init(midwatch: String, schema: Int, name: String, headOf: HeadOf? = nil) {
    self.midwatch = midwatch
    self.schema = schema
    self.name = name
    self.headOf = headOf
  }
}

/// Another journal's rows were copied in, unchanged, up to this head.
package struct JournalMerged: Fact {
  package static let kind = "journal.merged"
  package let origin: String
  package let count: Int64
  package let head: String

  package init(origin: String, count: Int64, head: String) {
    self.origin = origin
    self.count = count
    self.head = head
  }
}

/// A process took the engine lock; what older epochs append from now on is refused.
package struct EngineTook: Fact {
  package static let kind = "engine.took"
  package let epoch: Int64
  package let pid: Int32
  package let midwatch: String

  package init(epoch: Int64, pid: Int32, midwatch: String) {
    self.epoch = epoch
    self.pid = pid
    self.midwatch = midwatch
  }
}

/// An event's text was erased; its row and its place in the chain stay.
package struct EventErased: Fact {
  package static let kind = "event.erased"
  /// The id of the event.
  package let target: String
  package let reason: String
  /// What went: `body`, and `blob:` with the digest of each text that only it named.
  package let parts: [String]

  package init(target: String, reason: String, parts: [String]) {
    self.target = target
    self.reason = reason
    self.parts = parts
  }
}
