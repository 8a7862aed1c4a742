import Incidents
import Values

/// Something about a case, and about others, was said or set.
struct CaseTold: Fact {
  static let kind = "case.told"
  var name: String
  var others: [String]?
  var text: String?
  var title: String?
  var owner: String?
  var weight: Int?
  var tags: [String]?
  var due: Instant?
  var closed: Bool?
}

/// A fold with columns of every kind.
struct Case: IndexedFold {
  static let name = "case"
  static let version = 1

  enum Column: String, IndexColumn {
    case title, owner, weight, due, tags, told

    var kind: IndexKind {
      switch self {
      case .title, .owner: .text
      case .weight, .due, .told: .integer
      case .tags: .list
      }
    }
  }

  static var indexed: [[IndexOrder<Column>]] {
    [
      [.ascending(.due)], [.descending(.told)], [.ascending(.owner), .ascending(.due)],
    ]
  }

  let key: String
  private(set) var title: String?
  private(set) var owner: String?
  private(set) var weight: Int?
  private(set) var tags: [String] = []
  private(set) var due: Instant?
  private(set) var told = 0
  private(set) var isOpen = true

  init(key: String) { self.key = key }

  static func keys(of event: Event) -> [String] {
    event.fact(CaseTold.self).map { [$0.name] + ($0.others ?? []) } ?? []
  }

  mutating func apply(_ event: Event) {
    guard let fact = event.fact(CaseTold.self) else { return }
    told += 1
    guard fact.name == key else { return }
    title = fact.title ?? title
    owner = fact.owner == "" ? nil : fact.owner ?? owner
    weight = fact.weight ?? weight
    tags = fact.tags ?? tags
    due = fact.due ?? due
    isOpen = fact.closed.map { !$0 } ?? isOpen
  }

  func value(of column: Column) -> IndexValue {
    switch column {
    case .title: .text(title)
    case .owner: .text(owner)
    case .weight: .number(weight)
    case .due: .instant(due)
    case .tags: .list(tags)
    case .told: .integer(Int64(told))
    }
  }
}

/// Tells it as it is.
struct Tell: Act {
  var fact: CaseTold

  init(_ name: String, _ text: String? = nil) {
    fact = CaseTold(name: name, text: text)
  }

  init(_ fact: CaseTold) {
    self.fact = fact
  }

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    Decision(append: [Entry(fact, at: now)])
  }
}

/// Tells it of the only case with such a title, as an act that finds what it changes.
struct TellTitled: Act {
  var title: String
  var text: String

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let keys = try record.keys(IndexQuery<Case>(.equal(.title, title)))
    guard let key = keys.first, keys.count == 1 else { throw Refusal("\(keys.count) cases are titled so.") }
    return Decision(append: [Entry(CaseTold(name: key, text: text), at: now)])
  }
}

/// Tells of three cases in turn.
struct TellOften: Act {
  let count: Int

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    Decision(append: (0..<count).map { Entry(CaseTold(name: "c\($0 % 3)"), at: now) })
  }
}
