import Foundation
import Glibc
import Playbooks
import Testing
import Transfer
import Values

@testable import Host

@Suite(.timeLimit(.minutes(2)))
struct ProcessTableTests {
  private let own = ProcessTable.ownMark()

  private func mark(
    host: String? = nil, boot: String? = nil, pid: Int32? = nil, since: Int64? = nil
  ) -> ProcessMark {
    ProcessMark(
      host: host ?? own.host, boot: boot ?? own.boot, pid: pid ?? own.pid, since: since ?? own.since)
  }

  @Test func oursIsAlive() {
    #expect(own.pid == getpid() && own.since > 0 && !own.host.isEmpty && own.boot.count > 36)
    #expect(ProcessTable.life(of: own) == .alive)
  }

  @Test func whoeverHasTheNumberNowIsAnother() {
    #expect(ProcessTable.life(of: mark(since: own.since - 1)) == .gone)
    #expect(ProcessTable.life(of: mark(pid: 0)) == .elsewhere)
    #expect(ProcessTable.life(of: mark(pid: .max)) == .gone)
  }

  @Test func ofAnotherMachineOrContainerNothingIsKnown() {
    #expect(ProcessTable.life(of: mark(host: "elsewhere")) == .elsewhere)
    let boot = own.boot.split(separator: " ").first.map(String.init) ?? ""
    #expect(ProcessTable.life(of: mark(boot: boot + " pid:[1]")) == .elsewhere)
  }

  @Test func whatWasBeforeTheMachineWasStartedAnewIsGone() {
    #expect(ProcessTable.life(of: mark(boot: "00000000-0000-0000-0000-000000000000 pid:[1]")) == .gone)
  }

  @Test func aZombieIsGone() throws {
    var child = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    defer { free(arguments[0]) }
    try #require(posix_spawnp(&child, "true", nil, nil, &arguments, environ) == 0)
    let since = try Condition.wait(for: "its start") {
      let bytes = FileManager.default.contents(atPath: "/proc/\(child)/stat").map {
        String(decoding: $0, as: UTF8.self)
      }
      return bytes?.split(separator: " ").dropFirst(21).first.flatMap { Int64($0) }
    }
    _ = try Condition.wait(for: "its end") {
      ProcessTable.life(of: mark(pid: child, since: since)) == .gone ? true : nil
    }
    waitpid(child, nil, 0)
  }

  @Test func orphansAreFoundByTheirEnvironmentAndEnded() throws {
    let bench = try CommandBench(grace: .milliseconds(300))
    let id = UUID().uuidString.lowercased()
    let other = UUID().uuidString.lowercased()
    try LeftProcess.leave(["sh", "-c", "trap '' TERM; sleep 600; sleep 600"], id: id)
    try LeftProcess.leave(["sleep", "600"], id: other)
    let found = try Condition.wait(for: "both orphans") {
      let found = ProcessTable.orphans(of: [id, other])
      return Set(found.map(\.id)) == [id, other] ? found : nil
    }
    #expect(found.allSatisfy { $0.pid > 1 && $0.pid != getpid() })
    #expect(ProcessTable.orphans(of: [UUID().uuidString]).isEmpty && ProcessTable.orphans(of: []).isEmpty)
    // Only the one that was named, and it is killed when it stays.
    bench.runner.cancel(id)
    _ = try Condition.wait(for: "its end") { ProcessTable.orphans(of: [id]).isEmpty ? true : nil }
    #expect(ProcessTable.orphans(of: [other]).count == 1)
    bench.runner.cancel(other)
    _ = try Condition.wait(for: "the other's end") { ProcessTable.orphans(of: [other]).isEmpty ? true : nil }
  }

  @Test func ourOwnGroupIsNoOrphan() throws {
    let id = UUID().uuidString.lowercased()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("MIDWATCH_COMMAND=\(id)"), nil]
    defer { for text in arguments + environment { free(text) } }
    var child = pid_t()
    try #require(posix_spawnp(&child, "sleep", nil, nil, &arguments, &environment) == 0)
    defer {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    #expect(getpgid(child) == getpgrp() && ProcessTable.orphans(of: [id]).isEmpty)
    try #require(setpgid(child, child) == 0 || errno == EACCES)
    if getpgid(child) == child { #expect(ProcessTable.orphans(of: [id]).map(\.pid) == [child]) }
  }
}
