import Foundation
import Synchronization
import Testing
import Transfer
import Values
import Wire

@Suite(.timeLimit(.minutes(2)))
struct ProcessesTests {
  @Test func statusAndBothOutputs() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("echo out; echo err >&2; exit 3")
    #expect(end.ending == .status(3) && end.status == 3 && end.phrase == "ended with status 3")
    #expect(end.text == "out\n" && end.errorText == "err\n")
    #expect(!end.isCut && !end.isLate)
  }

  @Test func readsWhatItIsGiven() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    // More than a pipe holds, for a program that reads only some of it.
    let long = Array(repeating: UInt8(ascii: "x"), count: 3 << 20)
    for (input, script, output) in [
      (Array("one\ntwo\n".utf8), "cat", "one\ntwo\n"), ([], "wc -c", "0\n"), (long, "wc -c", "3145728\n"),
      (long, "head -c 3", "xxx"),
    ] {
      runner.start(["/bin/sh", "-c", script], listener: nil, { $0.input = input })
      #expect(try runner.results(1).first?.end.get().text == output, "\(script)")
    }
    #expect(try runner.shell("wc -c").text == "0\n", "and nothing unless it is given something")
  }

  @Test func aSignalIsTold() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("kill -SEGV $$")
    #expect(end.ending == .signal(11) && end.status == 139 && end.phrase == "was ended by SIGSEGV")
    #expect(!end.isLate)
  }

  @Test func whatCannotBeStartedIsASentence() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String, mode: Int) throws -> String {
      let path = folder.appending(path: name).path
      try Data(text.utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      return path
    }
    let plain = try write("plain", "#!/bin/sh\n", mode: 0o600)
    let text = try write("text", "just text\n", mode: 0o700)
    let orphan = try write("orphan", "#!/nowhere/interpreter\n", mode: 0o700)
    let cases: [([String], String?, String)] = [
      (["/nowhere/program"], nil, "there is no program /nowhere/program"),
      (["no-such-program-here"], nil, "there is no program no-such-program-here in PATH"),
      ([plain], nil, "\(plain) is not executable: check its mode"),
      ([text], nil, "\(text) is no program: it neither is one nor begins with #!"),
      ([orphan], nil, "\(orphan) cannot be started: the interpreter that its first line names is not there"),
      (["/bin/true"], "/nowhere", "/bin/true cannot be started in /nowhere: No such file or directory"),
      ([], nil, "the command has no words"),
      (
        ["/bin/echo", "a\0b"], nil, "/bin/echo cannot be started: a zero byte is among its words or variables"
      ),
    ]
    for (words, directory, reason) in cases {
      let failure = runner.failure(words) { $0.directory = directory }
      #expect(failure?.reason == reason)
      #expect(failure?.kind == .unable)
    }
  }

  @Test func aProgramIsLookedForWhereItRuns() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    #expect(try runner.end(["./sh", "-c", "pwd"]) { $0.directory = "/bin" }.text.hasSuffix("/bin\n"))
  }

  @Test func theEnvironmentIsOursWithoutWhatIsWithheld() throws {
    setenv("MIDWATCH_TEST_SECRET", "hidden", 1)
    setenv("MIDWATCH_TEST_PLAIN", "seen", 1)
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.end(["/usr/bin/env"]) {
      $0.withheld = ["MIDWATCH_TEST_SECRET"]
      $0.environment = ["TOKEN": Secret("a=b c")]
    }
    let lines = end.text.split(separator: "\n")
    #expect(lines.contains("TOKEN=a=b c") && lines.contains("MIDWATCH_TEST_PLAIN=seen"))
    #expect(!end.text.contains("MIDWATCH_TEST_SECRET"))
  }

  @Test func nothingIsInherited() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    // Not closed on exec: as a library might open it.
    let leak = open("/dev/null", O_RDONLY)
    #expect(leak >= 3)
    defer { close(leak) }
    let end = try runner.end(["/bin/ls", "-l", "/proc/self/fd"])
    // 0, 1, 2, and the folder itself.
    #expect(end.text.split(separator: "\n").filter { $0.contains(" -> ") }.count == 4, "\(end.text)")
    #expect(end.text.contains("0 -> /dev/null"))
    let signals = try runner.end(["/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]).text
    // The C library keeps 32 and 33 to itself.
    let masks = signals.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
    #expect(masks.count == 2 && masks.allSatisfy { $0 & ~(3 << 31) == 0 }, "\(signals)")
    let ids = try runner.shell("ps -o pid=,pgid=,sid= -p $$").text.split(separator: " ")
    #expect(Set(ids.map { $0.filter(\.isNumber) }).count == 1, "\(ids)")
  }

  @Test func outputIsBoundedAndTheProgramNotBlocked() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("yes | head -c 3000000; echo done >&2") { $0.outputLimit = 1000 }
    #expect(end.output.count == 1000 && end.isCut)
    #expect(end.errorText == "done\n" && end.ending == .status(0))
  }

  @Test func outputComesAsItIsWrittenAndWaitsWhenNoMoreIsWanted() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let seen = Mutex<[UInt8]>([])
    let isOpen = Mutex(false)
    let id = runner.start(["/usr/bin/yes"]) { chunk in
      seen.withLock { $0 += chunk.bytes }
      return isOpen.withLock { $0 }
    } _: {
      $0.timeout = ProcessRequest.unlimited
      $0.outputLimit = 0
    }
    #expect(eventually { seen.withLock { $0.count } > 0 })
    let first = seen.withLock { $0.count }
    #expect(first <= 64 << 10)
    runner.processes.resume(id)
    #expect(eventually { seen.withLock { $0.count } > first })
    isOpen.withLock { $0 = true }
    runner.processes.resume(id)
    #expect(eventually { seen.withLock { $0.count } > 1 << 20 })
    runner.processes.cancel(id)
    #expect(runner.results(1).first.map { $0.id == id } ?? false)
  }

  @Test func aTimeoutAsksTheWholeGroupFirst() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("trap 'echo asked; exit 7' TERM; sleep 600 & echo $!; wait") {
      $0.timeout = .milliseconds(300)
      $0.grace = .seconds(60)
    }
    #expect(end.isLate && end.ending == .status(7))
    let lines = end.text.split(separator: "\n")
    #expect(lines.last == "asked")
    let grandchild = try #require(lines.first.flatMap { Int32($0) })
    #expect(eventually { !isAlive(grandchild) })
  }

  @Test func whatIgnoresTheRequestIsKilled() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("trap '' TERM; echo $$; while :; do sleep 600; done") {
      $0.timeout = .milliseconds(300)
      $0.grace = .milliseconds(100)
    }
    #expect(end.isLate && end.ending == .signal(9) && end.phrase == "was ended by SIGKILL")
    let number = try #require(Int32(end.text.dropLast()))
    #expect(!isThere(number))
  }

  @Test func aGrandchildThatKeepsThePipeHangsNobody() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("sleep 600 & echo $!")
    #expect(end.ending == .status(0) && !end.isLate)
    let grandchild = try #require(Int32(end.text.dropLast()))
    #expect(eventually { !isAlive(grandchild) })
  }

  @Test func whatMayLiveOnDoes() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("sleep 600 & echo $!") { $0.leavesOthers = true }
    let grandchild = try #require(Int32(end.text.dropLast()))
    #expect(isAlive(grandchild))
    kill(grandchild, SIGKILL)
  }

  @Test func oneThatClosesItsOutputsIsWaitedFor() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    let end = try runner.shell("exec >&- 2>&-; sleep 0.2; exit 5")
    #expect(end.ending == .status(5))
  }

  @Test func soManyAtOnceAndEachEndsOnce() throws {
    let runner = Runner(atOnce: 3)
    defer { runner.processes.stop() }
    let ids = (0..<20).map { runner.start(["/bin/sh", "-c", "exit \($0)"]) }
    let results = runner.results(20)
    #expect(Set(results.map(\.id)) == Set(ids))
    let statuses = results.compactMap { try? $0.end.get().status }
    #expect(statuses.sorted() == Array(0..<20))
  }

  @Test func stoppingEndsAllAndLeavesNoZombie() throws {
    let runner = Runner(atOnce: 2)
    let numbers = Mutex<[Int32]>([])
    for _ in 0..<2 {
      runner.start(["/bin/sh", "-c", "trap '' TERM; echo $$; sleep 600; sleep 600"]) { chunk in
        let text = String(decoding: chunk.bytes, as: UTF8.self)
        numbers.withLock { $0 += text.split(separator: "\n").compactMap { Int32($0) } }
        return true
      } _: {
        $0.grace = .milliseconds(50)
      }
    }
    // One that waits for its turn.
    runner.start(["/bin/true"])
    #expect(eventually { numbers.withLock { $0.count } == 2 })
    runner.processes.stop()
    let results = runner.results(3)
    let reasons = results.compactMap { result -> Failure.Kind? in
      if case .failure(let failure) = result.end { failure.kind } else { nil }
    }
    #expect(reasons == [.cancelled, .cancelled, .cancelled])
    for number in numbers.withLock({ $0 }) { #expect(!isThere(number)) }
    runner.start(["/bin/true"])
    #expect(runner.results(1).count == 1)
  }

  @Test func descriptorsAreGivenBack() throws {
    let runner = Runner()
    defer { runner.processes.stop() }
    _ = try runner.shell("exit 0")
    func count() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
    // Other tests open some of their own beside this one: a leak of three a run would stand out.
    let before = count()
    for _ in 0..<100 { _ = try runner.shell("exit 0") }
    #expect(count() < before + 150)
  }
}
