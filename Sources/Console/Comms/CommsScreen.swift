import Comms
import Incidents
import Terminal
import Values

/// Screen 5: drafts and templates as a list; or the update in hand beside its check.
struct CommsScreen: Sendable {
  enum Writing: Sendable {
    case subject, text

    /// What is no text while one writes.
    var hints: [(String, String)] {
      [("Esc", "ends writing, and saves"), ("Tab", self == .text ? "to the subject" : "to the text")]
    }
  }

  var sheet: Sheet?
  var list = ListState<String>()
  var filter = ""
  /// Set while keys are text.
  var writing: Writing?
  var top = 0
  /// Texts of an earlier session that were never saved, by key.
  var unsent: [String: String] = [:]
  /// Numbers of editors that are open, with the sheet they write.
  var editors: [Int: String] = [:]

  var deliveries = ListState<String>()
  /// The deliveries have the keyboard.
  var isBelow = false
  private var hasDeliveries = false

  var pane: Pane { isBelow && hasDeliveries ? .commsDeliveries : sheet == nil ? .commsList : .commsText }
  var isWriting: Bool { sheet != nil && writing != nil }
  /// Whether something would be lost from sight by leaving.
  var unsaved: Bool { sheet.map { $0.isDirty || $0.draft != nil } ?? false }

  mutating func nextPane() { isBelow = !isBelow && hasDeliveries }

  /// What is written or listed, and below it what goes out, at most a third of the room.
  func split(_ area: Rect, _ world: World) -> (stage: Rect, below: Rect) {
    let count = world.ledger.deliveries.count
    guard count > 0 else { return (area, area.splitBottom(0).1) }
    let (stage, below) = area.splitBottom(min(count + 1, isBelow ? area.height / 2 : max(3, area.height / 4)))
    return (stage, below)
  }

  /// Esc: from the update to the list. False when there is nothing to leave.
  mutating func leave() -> Bool {
    if isBelow, hasDeliveries {
      isBelow = false
      return true
    }
    guard sheet != nil else { return false }
    sheet = nil
    top = 0
    return true
  }

  mutating func close(_ draft: String) {
    unsent[draft] = nil
    guard sheet?.draft == draft else { return }
    sheet = nil
    writing = nil
  }

  /// A save that failed leaves the text as it is, to be saved again.
  mutating func failed(_ next: ActsUnderWay.Next) { if next == .draft { sheet?.isDirty = true } }

  func incident(_ world: World) -> String? { sheet?.incident ?? world.leadIncident?.key }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    hasDeliveries = !world.ledger.deliveries.isEmpty
    if !hasDeliveries { isBelow = false }
    let (above, below) = split(area, world)
    list.update(rows(world).map(\.id), height: above.height - 1)
    deliveries.update(world.deliveryItems().map(\.id), height: below.height - 1)
    // What waits for somebody comes first, and must not come above what is in sight.
    if !isBelow { deliveries.showBeginning() }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let (above, below) = split(area, world)
    if pane == .commsDeliveries {
      return deliveries.handle(key, rows: world.deliveryItems().map(\.id), height: below.height - 1)
    }
    guard sheet != nil else {
      return list.handle(key, rows: rows(world).map(\.id), height: above.height - 1)
    }
    switch key {
    case .down, .character("j"): top = min(top + 1, 5000)
    case .up, .character("k"): top = max(0, top - 1)
    case .home, .character("g"): top = 0
    default: return false
    }
    return true
  }
}
