internal import Values
internal import Wire

/// Reads what files that match a pattern have gained, across rotation and truncation. A state machine over a
/// table of files; it does no more at a look than its limits say.
///
/// - A file that is there at the first look is read from its end; one that comes later, from its beginning.
/// - Renamed, it is still the same file; under a name that does not match, it is read to its end, and let go
///   when it was quiet for some looks: whoever writes it may take a moment to open the new one.
/// - Shorter than it was, or with another beginning, it was emptied and is read anew.
/// - What has no line end yet waits for it.
struct FileFollower<Table: FileTable> {
  private struct Followed {
    var path: String
    let identity: FileIdentity
    var file: Table.File?
    /// Closed until it changes, for there are so many.
    var isResting = false
    /// Everything before it was read.
    var offset: Int64
    var isSkipping = false
    /// How it begins, as far as it was read.
    var head: [UInt8] = []
    /// As it was when it was read.
    var size: Int64 = -1
    var modified: Int64
    var isGone = false
    var quietLooks = 0
  }

  private let pattern: String
  private let limit: Int
  private let lineLimit: Int
  private var followed: [Followed] = []
  private var isFirstLook = true
  /// Which file is read first, so that a busy one does not starve the others.
  private var turn = 0

  private static var headLength: Int { 128 }
  private static var chunk: Int { 1 << 20 }
  /// Looks that a file which lost its name must be quiet for.
  private static var looksBeforeLettingGo: Int { 3 }
  /// Files that match at most, and how many of them stay open.
  private static var fileLimit: Int { 10_000 }
  private static var openLimit: Int { 64 }
  private static var compressed: [String] { [".gz", ".bz2", ".xz", ".zst", ".zip", ".lz4"] }

  init(pattern: String, limit: Int, lineLimit: Int) {
    self.pattern = pattern
    self.limit = max(1, limit)
    self.lineLimit = max(1, min(lineLimit, Self.chunk))
  }

  /// What came since the last look: whole lines, and what is to be said of them.
  mutating func look(in table: inout Table) -> (lines: [UInt8], gain: LineGain) {
    var gain = LineGain()
    do throws(FileTrouble) {
      try list(&table, &gain)
    } catch {
      gain.trouble = error.reason
    }
    var cutter = LineCutter(limit: lineLimit)
    var budget = limit
    let gone = followed.indices.filter { followed[$0].isGone }
    let present = followed.indices.filter { !followed[$0].isGone }
    let first = present.isEmpty ? 0 : turn % present.count
    for (place, index) in (gone + present[first...] + present[..<first]).enumerated() {
      guard read(index, &table, &cutter, &budget, &gain) else { continue }
      if budget <= 0, place >= gone.count { turn = (first + place - gone.count + 1) % max(1, present.count) }
    }
    followed.removeAll { $0.isGone && ($0.file == nil || $0.quietLooks >= Self.looksBeforeLettingGo) }
    closeSome()
    gain.files = followed.count { !$0.isGone }
    gain.cut = cutter.cut
    return (cutter.lines, gain)
  }

  // MARK: What is there

  private mutating func list(_ table: inout Table, _ gain: inout LineGain) throws(FileTrouble) {
    let name = Inert.terminal(pattern)
    let paths = try table.paths(pattern).filter { path in !Self.compressed.contains { path.hasSuffix($0) } }
    guard paths.count <= Self.fileLimit else {
      throw FileTrouble(reason: "more than \(Self.fileLimit) files match \(name): name fewer of them")
    }
    var known: [FileIdentity: Int] = [:]
    for index in followed.indices { known[followed[index].identity] = index }
    var seen: Set<FileIdentity> = []
    for path in paths {
      do throws(FileTrouble) {
        guard let status = try table.status(of: path), status.isRegular else { continue }
        guard seen.insert(status.identity).inserted else { continue }
        if let index = known[status.identity] {
          followed[index].path = path
        } else {
          try begin(path, status, &table)
        }
      } catch {
        gain.trouble = gain.trouble ?? error.reason
      }
    }
    for index in followed.indices { followed[index].isGone = !seen.contains(followed[index].identity) }
    isFirstLook = false
    guard seen.isEmpty, gain.trouble == nil else { return }
    throw FileTrouble(
      reason: paths.isEmpty
        ? (pattern.contains { "*?[{".contains($0) } ? "no file matches \(name)" : "there is no file \(name)")
        : "\(name) is no regular file")
  }

  private mutating func begin(_ path: String, _ status: FileStatus, _ table: inout Table) throws(FileTrouble)
  {
    var new = Followed(
      path: path, identity: status.identity, file: nil, offset: isFirstLook ? status.size : 0,
      modified: isFirstLook ? status.modified : -1)
    if isFirstLook { new.size = status.size }
    defer { followed.append(new) }
    let file = try table.open(path)
    guard table.status(of: file)?.identity == status.identity else { return }
    new.file = file
    guard new.offset > 0 else { return }
    new.head = table.read(file, at: 0, count: Self.headLength)
    // Half a line that was there before us is nobody's line.
    new.isSkipping = table.read(file, at: new.offset - 1, count: 1) != [UInt8(ascii: "\n")]
  }

  /// Only those that changed last stay open: the others can wait to be opened again.
  private mutating func closeSome() {
    let open = followed.indices.filter { followed[$0].file != nil && !followed[$0].isGone }
    guard open.count > Self.openLimit else { return }
    for index in open.sorted(by: { followed[$0].modified > followed[$1].modified }).dropFirst(Self.openLimit)
    {
      followed[index].file = nil
      followed[index].isResting = true
    }
  }

  // MARK: Reading

  /// Reads on in one file. False when there was nothing.
  private mutating func read(
    _ index: Int, _ table: inout Table, _ cutter: inout LineCutter, _ budget: inout Int,
    _ gain: inout LineGain
  ) -> Bool {
    var one = followed[index]
    defer { followed[index] = one }
    guard let file = open(&one, &table, &gain), let status = table.status(of: file) else { return false }
    let hasChanged = status.size != one.size || status.modified != one.modified
    if hasChanged, status.size < one.offset || !beginsAsBefore(one, file, table) {
      one.offset = 0
      one.isSkipping = false
      one.head = []
    }
    (one.size, one.modified) = (status.size, status.modified)
    let before = one.offset
    cutter.isSkipping = one.isSkipping
    while one.offset < status.size {
      guard budget > 0 else {
        gain.unread = Int(clamping: Int64(gain.unread).addingSaturating(status.size - one.offset))
        break
      }
      let bytes = table.read(
        file, at: one.offset, count: min(Self.chunk, Int(clamping: status.size - one.offset)))
      let taken = cutter.take(bytes)
      guard taken > 0 else { break }
      one.offset += Int64(taken)
      budget -= taken
    }
    one.isSkipping = cutter.isSkipping
    remember(&one, file, table)
    one.quietLooks = one.offset == before && one.isGone ? one.quietLooks + 1 : 0
    if one.isGone, one.quietLooks >= Self.looksBeforeLettingGo {
      let rest = Int(clamping: status.size - one.offset)
      cutter.takeRest(table.read(file, at: one.offset, count: min(rest, lineLimit)))
    }
    cutter.isSkipping = false
    return one.offset != before
  }

  /// Its handle. One that could not be opened is tried again; one that rests is opened if it changed.
  private func open(_ one: inout Followed, _ table: inout Table, _ gain: inout LineGain) -> Table.File? {
    if let file = one.file { return file }
    do throws(FileTrouble) {
      guard !one.isGone, let status = try table.status(of: one.path), status.identity == one.identity,
        !one.isResting || status.size != one.size || status.modified != one.modified
      else { return nil }
      let file = try table.open(one.path)
      guard table.status(of: file)?.identity == one.identity else { return nil }
      one.file = file
      one.isResting = false
      return file
    } catch {
      gain.trouble = gain.trouble ?? error.reason
      return nil
    }
  }

  private func beginsAsBefore(_ one: Followed, _ file: Table.File, _ table: Table) -> Bool {
    one.head.isEmpty || table.read(file, at: 0, count: one.head.count) == one.head
  }

  private func remember(_ one: inout Followed, _ file: Table.File, _ table: Table) {
    guard one.head.count < Self.headLength, Int(clamping: one.offset) > one.head.count else { return }
    one.head = table.read(file, at: 0, count: min(Self.headLength, Int(clamping: one.offset)))
  }
}
