import Values

/// What one evaluation or one round of polls changed, as one batch. What the record knows already is
/// left out, so that a takeover doubles nothing: an alert's transition is unique by system, rule, labels,
/// the instant its condition began, and its new state.
package struct RecordTransitions: Act {
  package var fired: [AlertFired]
  package var resolved: [AlertResolved]
  package var endpoints: [EndpointChanged]
  package var remotes: [RemoteChanged]
  /// When it was evaluated or observed.
  package var occurred: Instant

  package init(
    fired: [AlertFired] = [], resolved: [AlertResolved] = [], endpoints: [EndpointChanged] = [],
    remotes: [RemoteChanged] = [], at occurred: Instant
  ) {
    self.fired = fired
    self.resolved = resolved
    self.endpoints = endpoints
    self.remotes = remotes
    self.occurred = occurred
  }

  package var isEmpty: Bool { fired.isEmpty && resolved.isEmpty && endpoints.isEmpty && remotes.isEmpty }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = Decision()
    for fact in resolved {
      guard let known = try record.entity(Alert.self, fact.identity.key), known.isFiring else { continue }
      decision.append.append(Entry(fact, at: occurred))
    }
    for fact in fired {
      let known = try record.entity(Alert.self, fact.identity.key)
      if let known, known.isFiring { continue }
      if let known, known.fired?.activeAt == fact.activeAt { continue }
      decision.append.append(Entry(fact, at: occurred))
    }
    for fact in endpoints {
      let key = EndpointRecord.key(system: fact.system, endpoint: fact.endpoint)
      guard try record.entity(EndpointRecord.self, key)?.last?.to != fact.to else { continue }
      decision.append.append(Entry(fact, at: occurred))
    }
    for fact in remotes {
      guard try record.entity(RemoteRecord.self, fact.key)?.last?.state != fact.state else { continue }
      decision.append.append(Entry(fact, at: occurred))
    }
    return decision
  }
}

/// A system's folder was taken under watch; written when its digest is new.
package struct RecordLoaded: Act {
  package var fact: SystemLoaded

  package init(_ fact: SystemLoaded) {
    self.fact = fact
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let known = try record.entity(LoadedSystem.self, fact.system)
    guard known?.fact?.digest != fact.digest else { return Decision() }
    return Decision(append: [Entry(fact, at: now)])
  }
}

/// Trusts a folder as it is now.
package struct TrustSystem: Act {
  package var system: String
  package var path: String
  package var digest: String

  package init(system: String, path: String, digest: String) {
    self.system = system
    self.path = path
    self.digest = digest
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let known = try record.entity(Trust.self, "\(path)#\(actor.uid)")?.fact
    if known?.digest == digest { throw Refusal("\(path) is trusted as it is.") }
    let fact = SystemTrusted(
      system: system, path: path, digest: digest, replaces: known?.digest, uid: actor.uid)
    return Decision(append: [Entry(fact, at: now)])
  }
}
