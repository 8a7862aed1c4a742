import Metrics
import Testing

/// The store does what a dictionary of arrays does, whatever is done to it in whatever order.
struct StoreModelTests {
  private struct Model {
    var points: [Labels: [Point]] = [:]

    mutating func append(_ labels: Labels, _ point: Point) -> Bool {
      guard let last = points[labels]?.last else {
        points[labels] = [point]
        return true
      }
      if point.t == last.t { return point.v.bitPattern == last.v.bitPattern }
      guard point.t > last.t else { return false }
      points[labels]?.append(point)
      return true
    }
  }

  private func labels(_ number: Int) -> Labels {
    Labels([("__name__", "m\(number % 3)"), ("n", "\(number)"), ("even", number % 2 == 0 ? "yes" : "")])
  }

  private func areEqual(_ store: Store, _ model: Model, since: Int64) -> Bool {
    guard store.seriesCount == model.points.count else { return false }
    return model.points.allSatisfy { labels, points in
      guard let id = store.seriesID(for: labels), store.labels(of: id) == labels else { return false }
      let found = store.samples(id, after: since, through: .max)
      let wanted = points.filter { $0.t > since }
      return found.count == wanted.count && store.last(of: id)?.t == points.last?.t
        && zip(found, wanted).allSatisfy { $0.t == $1.t && $0.v.bitPattern == $1.v.bitPattern }
    }
  }

  @Test(arguments: 0..<4) func randomWork(seed: Int) {
    var random = Seeded(UInt64(seed))
    var store = Store()
    var model = Model()
    var copies: [(Store, Model, Int64)] = []
    var now: Int64 = 0
    var trimmed = Int64.min
    var selection = Set<SeriesID>()
    var selectedAt = store.version
    for _ in 0..<700 {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<80:
        now += 5
        for number in 0..<Int.random(in: 1...40, using: &random) {
          let t = now - Int64([0, 0, 0, 0, 3, 100].randomElement(using: &random) ?? 0)
          let v = number % 4 == 0 ? Double.random(in: 0...1, using: &random) : Double(now) * Double(number)
          let stored = store.append(labels(number), t: t, v: v)
          let wanted = model.append(labels(number), Point(t: t, v: v))
          #expect(stored == wanted)
        }
      case 80..<86:
        trimmed = max(trimmed, now - 1500)
        store.trim(before: trimmed)
        model.points = model.points.filter { $0.value.last.map { $0.t >= trimmed } ?? false }
      case 86..<88:
        now -= Int64.random(in: 0...50, using: &random)
        store.rewind(to: now)
        model.points = model.points.mapValues { $0.filter { $0.t <= now } }.filter { !$0.value.isEmpty }
      case 88..<94:
        copies.append((store, model, trimmed))
        if copies.count > 3 { copies.removeFirst() }
      case 94..<97:
        if let (copy, old, limit) = copies.randomElement(using: &random) {
          #expect(areEqual(copy, old, since: limit))
          if Bool.random(using: &random) { (store, model, trimmed, now) = (copy, old, limit, max(now, 0)) }
        }
      default:
        if let added = store.added(since: selectedAt) {
          selection.formUnion(added)
        } else {
          selection = Set(store.select([]))
        }
        selectedAt = store.version
        for even in ["yes", ""] {
          let wanted = model.points.keys.filter { $0["n"] != nil && ($0["even"] ?? "") == even }
          let found = store.select([Matcher("even", even)])
          #expect(found == found.sorted())
          #expect(Set(found.compactMap { store.labels(of: $0) }) == Set(wanted))
        }
      }
    }
    #expect(areEqual(store, model, since: trimmed))
  }

  @Test func additionsBringASelectionUpToDate() {
    var store = Store()
    for number in 0..<10 { store.reference(labels(number)) }
    let version = store.version
    #expect(store.added(since: version) == [])
    let new = (10..<300).map { store.reference(labels($0)) }
    #expect(store.added(since: version) == new)
    #expect(store.added(since: 0)?.count == 300)
    #expect(store.added(since: version, atMost: 290) == new)
    #expect(store.added(since: version, atMost: 289) == nil)
    #expect(store.added(since: store.version, atMost: 0) == [])
    #expect(store.added(since: version + 1000) == nil)
    store.append(ref: new[0], t: 100, v: 1)
    store.trim(before: 50)
    #expect(store.added(since: version) == nil)
    #expect(store.added(since: store.version) == [])
    let again = store.reference(labels(3))
    #expect(store.added(since: store.version - 1) == [again])
  }

  /// For the thread sanitizer: copies are read on other threads while the original goes on.
  @Test func copiesAreReadWhileTheOriginalGoesOn() async {
    var store = Store()
    await withTaskGroup(of: Bool.self) { group in
      for round in 0..<60 {
        for t in 0..<20 {
          for number in 0..<300 {
            store.append(labels(number + round), t: Int64(round * 20 + t), v: Double(t % 5))
          }
        }
        if round % 7 == 6 { store.trim(before: Int64(round * 20 - 40)) }
        let copy = store
        let newest = Int64(round * 20 + 19)
        group.addTask {
          let all = copy.select([Matcher("even", "yes")])
          return all.allSatisfy { id in
            let points = copy.samples(id, after: .min, through: .max)
            return points.last == copy.last(of: id) && (points.last?.t ?? 0) <= newest
              && zip(points, points.dropFirst()).allSatisfy { $0.t < $1.t } && copy.labels(of: id) != nil
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
