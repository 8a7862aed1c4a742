import Values

/// How a process ended, and what it said.
package struct ProcessEnd: Hashable, Sendable {
  package enum Ending: Hashable, Sendable {
    /// By itself, with that exit status.
    case status(Int)
    /// By a signal, whoever sent it.
    case signal(Int)
  }

  package var ending: Ending
  /// It was ended because it took too long.
  package var isLate = false
  /// It was ended because somebody asked for that; see ``ProcessRequest/tellsCancelledEnd``.
  package var isCancelled = false
  /// The beginning of its standard output.
  package var output: [UInt8] = []
  /// The beginning of its standard error.
  package var errors: [UInt8] = []
  /// Whether it wrote more than was kept.
  package var isCut = false
  package var took = Span.zero

  package init(_ ending: Ending) {
    self.ending = ending
  }

  /// As a shell counts: 128 and the signal's number for one that a signal ended.
  package var status: Int {
    switch ending {
    case .status(let status): status
    case .signal(let number): 128 + number
    }
  }

  /// `ended with status 2`, `was ended by SIGSEGV`.
  package var phrase: String {
    switch ending {
    case .status(let status): "ended with status \(status)"
    case .signal(let number): "was ended by \(Self.name(ofSignal: number))"
    }
  }

  /// `SIGKILL`; `signal 40` for one without a name. Linux' numbers on x86 and ARM.
  package static func name(ofSignal number: Int) -> String {
    let names = [
      "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
      "ALRM",
      "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
      "PROF",
      "WINCH", "IO", "PWR", "SYS",
    ]
    return names.indices.contains(number - 1) ? "SIG\(names[number - 1])" : "signal \(number)"
  }
}
