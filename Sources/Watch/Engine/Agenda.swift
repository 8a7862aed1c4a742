/// When each of some numbered things wants attention: a binary heap that knows where each thing stands.
///
/// Setting and taking are O(log n), the next one O(1).
package struct Agenda: Sendable {
  private struct Entry: Sendable {
    var due: Uptime
    let item: Int
  }

  private var heap: [Entry] = []
  /// Where an item stands in the heap; -1: nowhere.
  private var places: [Int]

  /// - Parameter count: items are numbered from 0.
  package init(count: Int) {
    places = Array(repeating: -1, count: max(0, count))
  }

  /// The earliest, if anything is on the agenda at all.
  package var first: (item: Int, due: Uptime)? { heap.first.map { ($0.item, $0.due) } }

  /// Nil takes it off the agenda. An item that there is none of is ignored.
  package mutating func set(_ item: Int, to due: Uptime?) {
    guard places.indices.contains(item) else { return }
    let place = places[item]
    switch (due, place < 0) {
    case (nil, true): break
    case (nil, false): remove(at: place)
    case (let due?, true):
      heap.append(Entry(due: due, item: item))
      places[item] = heap.count - 1
      rise(from: heap.count - 1)
    case (let due?, false):
      let before = heap[place].due
      heap[place].due = due
      if due < before { rise(from: place) } else { sink(from: place) }
    }
  }

  private mutating func remove(at place: Int) {
    places[heap[place].item] = -1
    let last = heap.removeLast()
    guard place < heap.count else { return }
    heap[place] = last
    places[last.item] = place
    rise(from: place)
    sink(from: place)
  }

  private mutating func rise(from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard heap[place].due < heap[parent].due else { return }
      exchange(place, parent)
      place = parent
    }
  }

  private mutating func sink(from start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].due < heap[least].due {
        least = child
      }
      guard least != place else { return }
      exchange(place, least)
      place = least
    }
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    heap.swapAt(a, b)
    places[heap[a].item] = a
    places[heap[b].item] = b
  }
}
