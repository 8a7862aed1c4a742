import Foundation
import Playbooks
import Testing
import Values

@testable import Host

/// Values and output that want to be more than text.
@Suite(.timeLimit(.minutes(3)))
struct CommandInjectionTests {
  private static let hostile = [
    "; rm -rf ~", "$(touch ran)", "`touch ran`", "\ntouch ran\n", "'; touch ran; '", "\"; touch ran; \"",
    "-rf", "--help", "| touch ran", "&& touch ran", "> ran", "$HOME", "${IFS}", "*", "~", "a\\", "\\'", "!!",
    "#", "{a,b}", "x=1 touch ran", "\u{1B}]52;c;AAAA\u{7}", "é 世界", "%s%n", " ", "\t",
  ]

  @Test func aValueIsAWordAndNothingElse() throws {
    let bench = try CommandBench()
    try bench.folder.write("", to: "here/seen")
    for value in Self.hostile {
      // As a bare word, between double quotes, and from the environment.
      for text in ["printf '[%s]' {{V}}", "printf '[%s]' \"{{V}}\"", "printf '[%s]' \"$V\""] {
        let order: CommandOrder
        do {
          order = try CommandBench.order(
            text, values: ["V": .plain(value)], directory: bench.folder.path + "/here")
        } catch let CommandPlan.Objection.unresolved(why) {
          #expect(!why.description.isEmpty)
          continue
        }
        let left = bench.folder.path + "/seen"
        let exact = try CommandBench.order(
          "\(order.plan.text.exact.revealed()) > \(left)", values: ["V": .plain(value)],
          directory: bench.folder.path + "/here")
        let report = try #require(try bench.run(exact).report)
        #expect(report.succeeded, "\(value): \(report.outputText)")
        #expect(bench.folder.text(of: "seen") == "[\(value)]", "\(text)")
      }
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path + "/here")
    #expect(files == ["seen"], "a value did something")
  }

  @Test func valuesCannotChangeHowProgramsAreFound() throws {
    let bench = try CommandBench()
    let values = ["PATH", "LD_PRELOAD", "BASH_ENV", "IFS", "PS4"].map { ($0, RunValue.plain("/nowhere")) }
    let order = try CommandBench.order("ls / > /dev/null && echo fine", values: Dictionary(values) { $1 })
    #expect(try bench.run(order).report?.outputText == "fine\n")
  }

  @Test func outputIsTextWhateverItHolds() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      #"printf 'a\033]52;c;cm0gLXJm\007b\033]0;title\033\\c\033[2J\033[Hd\033P1;2q\033\\e\233f\n'; printf '\377\376\000\r\n'; head -c 4000 /dev/urandom; printf '\n\033[?1049h\033c end\n'"#
    )
    let report = try #require(try bench.run(order).report)
    let lines = report.outputText.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("abcde") == true && lines.contains(" end"))
    let scalars = report.outputText.unicodeScalars
    #expect(scalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    #expect(report.digest == report.sha256)
  }

  @Test func aSecretIsMaskedHoweverItsBytesCome() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "printf 'hun'; sleep 0.05; printf 'ter'; sleep 0.05; printf '2 \\033[1mhunt\\033[0mer2\\n' >&2; "
        + "printf '2\\n'; printf '%s\\n' \"$KEY\"",
      values: [
        "TOKEN": .secret(Secret("hunter2")),
        "KEY": .secret(Secret("-----BEGIN KEY-----\nabcdefgh\nijklmnop")),
      ])
    let news = try bench.run(order)
    let report = try #require(news.report)
    #expect(
      Set(report.outputText.split(separator: "\n").map(String.init)) == ["•••", "2 •••"],
      "\(report.outputText)")
    #expect(!news.text.contains("hunter2") && !news.text.contains("abcdefgh"))
  }
}
