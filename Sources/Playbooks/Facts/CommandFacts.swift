import Incidents
import Values

/// A command of a step is about to start: written down before its process is there.
package struct CommandStarted: Fact {
  package static let kind = "command.started"

  package enum Mode: String, Codable, CaseIterable, Sendable {
    /// To its end, its output beside the step.
    case once
    /// Changes nothing, and may have been repeated by the time it ends.
    case check
    /// Until the run ends.
    case background
    /// With the responder's terminal in its hands; nothing of its output is kept.
    case terminal
  }

  package let run: String
  package let step: String
  /// Names this execution: a UUIDv7, which the process has in its environment as `MIDWATCH_COMMAND`.
  package let id: String
  /// Which of the step's commands, from 0.
  package let index: Int
  /// What runs, secrets masked.
  package let command: String
  package let cwd: String
  package let environmentNames: [String]
  /// SHA-256 of ``command`` in lower-case hex.
  package let digest: String
  /// The environment or system that it works on.
  package let target: String?
  package let mode: Mode
  /// The process of ours that starts it and waits for it.
  package let owner: ProcessMark
}

/// Tells one process of one machine from every other, also from a later one with its number.
package struct ProcessMark: Codable, Hashable, Sendable {
  package let host: String
  /// Of the kernel that runs it (`/proc/sys/kernel/random/boot_id`); empty when that is not known.
  package let boot: String
  package let pid: Int32
  /// Clock ticks from the boot to its start (proc(5), `starttime`).
  package let since: Int64

  package init(host: String, boot: String, pid: Int32, since: Int64) {
    self.host = host
    self.boot = boot
    self.pid = pid
    self.since = since
  }
}

/// A command has ended, and how.
package struct CommandFinished: Fact {
  package static let kind = "command.finished"

  /// What it wrote, as it was kept: a blob.
  package struct Output: Codable, Equatable, Sendable {
    package let sha256: String
    package let bytes: Int
    package let type: String
  }

  /// Why it ended otherwise than by itself.
  package enum Cause: String, Codable, CaseIterable, Sendable {
    /// A responder ended it.
    case cancelled
    case timeout
    /// The run or the console that had started it ended.
    case closed
    /// There was no process: ``reason`` says why.
    case unable
  }

  package let run: String
  package let step: String
  /// ``CommandStarted/id``.
  package let started: String
  package let exit: Int?
  /// `SIGTERM`.
  package let signal: String?
  package let tookMs: Int64
  /// Whether that is success: exit 0, or a status that the front matter names.
  package let succeeded: Bool
  /// What the front matter calls that status.
  package let meaning: String?
  package let cause: Cause?
  package let reason: String?
  /// Nil when it is not to be kept.
  package let output: Output?
  /// SHA-256 of all that it wrote, made safe and with secrets masked.
  package let digest: String?
  package let lines: Int
  /// Whether the middle of the output is missing from the blob.
  package let truncated: Bool
  /// The file that has all of it, relative to the state folder of the machine where it ran.
  package let file: String?
  /// How often a check was tried.
  package let tries: Int?
  /// The working directory that it left, and the variables under `keep:`, for the next command of the run.
  package let directory: String?
  package let kept: [String: String]?
}

/// Nobody will ever tell how a command ended: whoever waited for it is gone.
package struct CommandLost: Fact {
  package static let kind = "command.lost"

  package let run: String
  package let step: String
  /// ``CommandStarted/id``.
  package let started: String
  package let reason: String
}
