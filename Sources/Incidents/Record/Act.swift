import Values

/// What a decision reads: entities by key, inside its transaction.
package protocol Record {
  func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F?
  /// Keys of the entities of that kind on which work remains, oldest first.
  func open<F: Fold>(_ fold: F.Type) throws -> [String]
  /// The next free number of a series, such as INC or T, in this origin.
  func next(_ series: String) throws -> Int
  /// Keys of the entities that match, in the query's order; words of texts are those that were recorded before
  /// this act.
  func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String]
}

extension Record {
  /// For records that keep no index.
  package func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] {
    throw Refusal("This record has no index of \(F.name) entries.")
  }
}

/// Why an act was not done, as a whole sentence for the person who tried it.
package struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
  package let sentence: String

  package init(_ sentence: String) {
    self.sentence = sentence
  }

  package var description: String { sentence }
}

/// Something to send, claimed before the network is touched.
package struct Outgoing: Sendable, Equatable {
  package let destination: String
  package let key: String
  package let payload: [UInt8]

  package init(destination: String, key: String, payload: [UInt8]) {
    self.destination = destination
    self.key = key
    self.payload = payload
  }
}

/// What an act appends and sends.
package struct Decision: Sendable {
  package var append: [Entry] = []
  package var send: [Outgoing] = []
  /// What was queued before and is now claimed, sent, failed …
  package var moves: [OutboxMove] = []
  /// Long texts that events name by digest (evidence, snapshots, output).
  package var blobs: [[UInt8]] = []

  package init(
    append: [Entry] = [], send: [Outgoing] = [], moves: [OutboxMove] = [], blobs: [[UInt8]] = []
  ) {
    self.append = append
    self.send = send
    self.moves = moves
    self.blobs = blobs
  }
}

/// What a person or the engine wants done: one struct an act. Pure.
package protocol Act: Sendable {
  /// Throws a `Refusal` with its reason in a whole sentence, or the record's own failure.
  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision
}
