internal import Values
package import Wire

extension ProcessEnd {
  /// As the outcome of a probe; one that took too long is a failure.
  package func outcome(of request: ProcessRequest) -> Outcome {
    var phases = Phases()
    phases.total = took.seconds
    let program = Inert.terminal(request.words.first ?? "")
    if isLate {
      return .failure(
        Failure(.timeout, reason: "\(program) did not end in \(request.timeout.short)", phases: phases))
    }
    var response = Response(status: status, body: output, phases: phases)
    response.process = self
    return .success(response)
  }
}
