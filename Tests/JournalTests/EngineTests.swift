import Foundation
import Glibc
import Incidents
import Testing
import Values

@testable import Journal

@Suite("The engine's lock and samples") struct EngineTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func oneAtATimeHoldsTheLock() throws {
    try scratch.folder.create()
    let first = EngineLock(scratch.folder)
    let second = EngineLock(scratch.folder)
    #expect(try first.tryAcquire())
    #expect(try first.tryAcquire())
    #expect(try !second.tryAcquire())
    #expect(first.isHeld && !second.isHeld)
    first.release()
    #expect(try second.tryAcquire())
    #expect(try !first.tryAcquire())
  }

  @Test func theLockGoesWithItsObject() throws {
    try scratch.folder.create()
    let second = EngineLock(scratch.folder)
    do {
      let first = EngineLock(scratch.folder)
      #expect(try first.tryAcquire())
      #expect(try !second.tryAcquire())
    }
    #expect(try second.tryAcquire())
  }

  @Test func viewersReadWhoHoldsIt() throws {
    try scratch.folder.create()
    let lock = EngineLock(scratch.folder)
    let viewer = EngineLock(scratch.folder)
    #expect(viewer.holder() == nil)
    lock.sign(EngineLock.Holder(pid: 1, epoch: 1, since: instant(0)))
    #expect(viewer.holder() == nil)
    #expect(try lock.tryAcquire())
    let holder = EngineLock.Holder(pid: getpid(), epoch: 12, since: instant(5))
    lock.sign(EngineLock.Holder(pid: 1_234_567, epoch: 123_456, since: instant(5)))
    lock.sign(holder)
    #expect(viewer.holder() == holder)
    #expect(viewer.holder()?.isAlive == true)
    lock.release()
    #expect(viewer.holder() == nil)
  }

  @Test func noChildInheritsIt() throws {
    try scratch.folder.create()
    let lock = EngineLock(scratch.folder)
    #expect(try lock.tryAcquire())
    let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    let descriptors = links.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == lock.path
    }
    #expect(descriptors.count == 1)
    for descriptor in descriptors { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
  }

  @Test func pendingTimersAreReplacedASystemAtATime() throws {
    let store = try SampleStore(scratch.folder)
    func pending(_ rule: String, _ system: String = "nova-rms") -> SampleStore.Pending {
      SampleStore.Pending(
        system: system, rule: rule, labels: "{}", activeAt: instant(3), state: Array(rule.utf8))
    }
    try store.savePending([pending("a"), pending("b")], of: "nova-rms")
    try store.savePending([pending("c", "other")], of: "other")
    try store.savePending([pending("b"), pending("d")], of: "nova-rms")
    let again = try SampleStore(scratch.folder)
    #expect(try again.loadPending(of: "nova-rms") == [pending("b"), pending("d")])
    #expect(try again.loadPending(of: "other") == [pending("c", "other")])
    #expect(try again.loadPending(of: "none").isEmpty)
  }

  @Test func chunksAreKeptGrownAndDeleted() throws {
    let store = try SampleStore(scratch.folder)
    func chunk(_ start: Int64, _ end: Int64, _ byte: UInt8) -> SampleStore.Chunk {
      SampleStore.Chunk(
        system: "s", name: "samples/a", start: instant(start), end: instant(end), bytes: [byte])
    }
    let other = SampleStore.Chunk(
      system: "s", name: "labels/a", start: instant(20), end: instant(40), bytes: [9])
    try store.saveChunks([chunk(0, 10, 1), chunk(10, 20, 2), chunk(20, 21, 3)])
    try store.saveChunks([chunk(20, 29, 4), other])
    #expect(try store.chunks(of: "s", named: "samples/", since: 20) == [chunk(10, 20, 2), chunk(20, 29, 4)])
    #expect(try store.chunks(of: "s", named: "labels/", since: 20) == [other])
    #expect(try store.deleteBefore(instant(20)) == 1)
    #expect(try store.chunks(of: "s", since: 0) == [chunk(10, 20, 2), chunk(20, 29, 4), other])
    #expect(try store.chunks(of: "t", since: 0).isEmpty)
    #expect(try store.chunkNames(of: "s").map(\.name) == ["labels/a", "samples/a"])
    #expect(try store.chunkNames(of: "s").map(\.end) == [instant(40), instant(29)])
    try store.saveChunks([chunk(30, 35, 5)], replacing: ("s", "samples/"))
    #expect(try store.chunks(of: "s", since: 0) == [other, chunk(30, 35, 5)])
    try store.setValue([1, 2], for: "k")
    #expect(try store.value(for: "k") == [1, 2])
    try store.setValue(nil, for: "k")
    #expect(try store.value(for: "k") == nil)
  }

  @Test func aDamagedFileIsBegunAnew() throws {
    do {
      let store = try SampleStore(scratch.folder)
      try store.setValue([1], for: "k")
      #expect(!store.hasLostHistory)
    }
    let file = URL(fileURLWithPath: scratch.folder.metrics)
    try Data("no database, but long enough to be looked at by somebody".utf8).write(to: file)
    let store = try SampleStore(scratch.folder)
    #expect(store.hasLostHistory)
    #expect(try store.value(for: "k") == nil)
    try store.setValue([2], for: "k")
    #expect(try SampleStore(scratch.folder).value(for: "k") == [2])
  }

  @Test func damageWhileOpenIsBegunAnew() throws {
    let store = try SampleStore(scratch.folder)
    let chunks = (0..<200).map {
      SampleStore.Chunk(
        system: "s", name: "\($0)", start: instant(0), end: instant(1),
        bytes: [UInt8](repeating: 7, count: 2000))
    }
    try store.saveChunks(chunks)
    let path = scratch.folder.metrics
    // Move everything out of the log, then overwrite all pages but the first.
    _ = try SampleStore(scratch.folder).checkpoint()
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
    try handle.close()
    let reopened = try SampleStore(scratch.folder)
    #expect(try reopened.chunks(of: "s", since: 0).isEmpty)
    #expect(reopened.hasLostHistory)
    try reopened.saveChunks(chunks)
    #expect(try reopened.chunks(of: "s", since: 0).count == 200)
  }
}

extension SampleStore {
  fileprivate func chunks(of system: String, named prefix: String = "", since seconds: Int64) throws
    -> [Chunk]
  {
    var chunks: [Chunk] = []
    try readChunks(of: system, named: prefix, since: instant(seconds)) { chunks.append($0) }
    return chunks
  }
}
