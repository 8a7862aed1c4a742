import ArgumentParser
import Incidents
import Probes
import Values
import Wire

/// How one probe differs from what is configured.
struct ProbeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What must hold besides, as under `expect:`; again for more.", valueName: "assertion"))
  var expect: [String] = []
  @Option(help: "The method of an HTTP request.") var method: String?
  @Option(help: ArgumentHelp("`Name: value`; again for more.", valueName: "header")) var header: [String] = []
  @Option(help: ArgumentHelp("How long it may take.", valueName: "duration")) var timeout: String?
  @Option(help: ArgumentHelp("Redirects followed at most.", valueName: "n")) var redirects: Int?
  @Option(help: ArgumentHelp("Certificates to trust.", valueName: "file")) var ca: String?
  @Flag(help: "Do not verify the server's certificate.") var insecure = false

  /// Throws a sentence for what cannot be.
  func change(_ endpoint: inout Endpoint) throws {
    for text in expect {
      do throws(Mistake) {
        let assertion = try Assertion(text)
        if let refusal = endpoint.kind.refusal(of: assertion) {
          throw Mistake(column: 1, refusal, remedy: "leave it out")
        }
        endpoint.assertions.append(assertion)
      } catch {
        throw Refusal(
          "--expect \(Inert.terminal(text)), column \(error.column): \(error.what); \(error.remedy).")
      }
    }
    if let method { endpoint.method = method }
    for line in header {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw Refusal("--header \(Inert.terminal(line)) is no header; write it as `Name: value`.")
      }
      endpoint.headers.append(Header(String(parts[0]), String(parts[1])))
    }
    if let timeout {
      guard let span = Span(prometheus: timeout), span > .zero, span <= .hours(1) else {
        throw Refusal(
          "--timeout \(Inert.terminal(timeout)) is no duration from 1ms to 1h; write one such as 5s.")
      }
      endpoint.timeout = span
    }
    if let redirects {
      guard (0...50).contains(redirects) else { throw Refusal("--redirects is a number from 0 to 50.") }
      endpoint.redirects = redirects
    }
    if let ca { endpoint.tls.ca = ca }
    if insecure { endpoint.tls.verify = false }
  }
}
