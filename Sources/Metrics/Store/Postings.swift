/// Which series have a label with a value, by the numbers of the texts; and the texts themselves as strings.
///
/// Made when somebody first selects, and extended by the series that came since.
struct Postings: Sendable {
  /// The texts that were asked for, each made once.
  private var texts: [String?] = []
  /// The places of the series with a pair, ascending.
  private var lists: [[UInt32]] = []
  private var listNumbers: [UInt64: Int] = [:]
  /// All values a name has or had.
  private var values: [UInt32: [UInt32]] = [:]
  /// The version of the catalog up to which the lists are complete; nil when there are none.
  private var version: UInt64?

  mutating func text(of symbol: UInt32, in catalog: borrowing Catalog) -> String {
    let number = Int(symbol)
    if number >= texts.count {
      texts += Array(repeating: nil, count: max(catalog.symbols.count, number + 1) - texts.count)
    }
    if let known = texts[number] { return known }
    let text = catalog.symbols.text(of: symbol)
    texts[number] = text
    return text
  }

  /// The labels of a series, nil when there is none at this place.
  mutating func labels(at index: Int, in catalog: borrowing Catalog) -> Labels {
    let pairs = catalog.pairs(at: index)
    var labels: [Label] = []
    labels.reserveCapacity(pairs.count)
    var isSorted = true
    for pair in pairs {
      let label = Label(text(of: pair.name, in: catalog), text(of: pair.value, in: catalog))
      // Bytes and strings have the same order in ASCII only.
      if let last = labels.last, last.name >= label.name { isSorted = false }
      labels.append(label)
    }
    if !isSorted { return Labels(unsorted: labels) }
    return Labels(sorted: labels, fingerprint: catalog.fingerprint(of: pairs))
  }

  func values(of name: UInt32) -> [UInt32] {
    (values[name] ?? []).filter { !list(name, $0).isEmpty }
  }

  var names: [UInt32] { values.keys.filter { !values(of: $0).isEmpty } }

  func list(_ name: UInt32, _ value: UInt32) -> [UInt32] {
    listNumbers[Self.key(name, value)].map { lists[$0] } ?? []
  }

  private static func key(_ name: UInt32, _ value: UInt32) -> UInt64 {
    UInt64(name) << 32 | UInt64(value)
  }

  /// Takes in the series that were added since the last time.
  mutating func catchUp(with catalog: borrowing Catalog) {
    if version == catalog.added.version { return }
    var memo: [(pair: Catalog.Pair, list: Int)] = []
    if let version, let added = catalog.added.indices(since: version) {
      for index in added { add(index, catalog.pairs(at: Int(index)), &memo) }
    } else {
      lists = []
      listNumbers = [:]
      values = [:]
      for index in 0..<catalog.count where catalog.id(at: index) != nil {
        add(UInt32(truncatingIfNeeded: index), catalog.pairs(at: index), &memo)
      }
    }
    version = catalog.added.version
  }

  /// Neighbours share most pairs: the list is that of the series before, at the same position, when the pair is.
  private mutating func add(
    _ index: UInt32, _ pairs: UnsafeBufferPointer<Catalog.Pair>,
    _ memo: inout [(pair: Catalog.Pair, list: Int)]
  ) {
    for position in pairs.indices {
      let pair = pairs[position]
      if position < memo.count, memo[position].pair == pair {
        lists[memo[position].list].insertSorted(index)
        continue
      }
      let number = number(of: pair)
      lists[number].insertSorted(index)
      if position < memo.count {
        memo[position] = (pair, number)
      } else {
        memo.append((pair, number))
      }
    }
  }

  private mutating func number(of pair: Catalog.Pair) -> Int {
    let key = Self.key(pair.name, pair.value)
    if let known = listNumbers[key] { return known }
    listNumbers[key] = lists.count
    lists.append([])
    values[pair.name, default: []].append(pair.value)
    return lists.count - 1
  }

  /// Forgets series that are about to be dropped, while the catalog still has them. Linear in the lists they are in.
  mutating func forget(_ indices: [UInt32], in catalog: borrowing Catalog) {
    guard version != nil else { return }
    catchUp(with: catalog)
    var touched = Set<Int>()
    for index in indices {
      for pair in catalog.pairs(at: Int(index)) { touched.insert(number(of: pair)) }
    }
    let gone = Set(indices)
    for number in touched { lists[number].removeAll { gone.contains($0) } }
  }

  /// After the catalog has dropped what was forgotten.
  mutating func forgot(in catalog: borrowing Catalog) {
    if version != nil { version = catalog.added.version }
  }
}

extension [UInt32] {
  @inline(__always) fileprivate mutating func insertSorted(_ value: UInt32) {
    if let last, last >= value { insertInside(value) } else { append(value) }
  }

  private mutating func insertInside(_ value: UInt32) {
    let place = withUnsafeBufferPointer { $0.partition { $0 >= value } }
    if place == count || self[place] != value { insert(value, at: place) }
  }
}
