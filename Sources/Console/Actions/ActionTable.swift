import Terminal

/// Every action there is.
package enum ActionTable {
  /// Narrow scopes first, each in the order of its footer.
  static let all: [Action] =
    boardActions + alertActions + incidentActions + handOverActions + playbookActions + commsActions
    + deliveryActions + ticketActions + retroActions
    + subjectActions + everywhereActions

  /// The actions that keys mean now, narrowest scope first; what a key means twice is left away.
  static func active(in console: Console) -> [Action] {
    var taken: Set<Key> = []
    return scopes(of: console).flatMap { scope in
      all.filter { action in
        guard action.scope == scope, !action.keys.isEmpty, isOffered(action, in: console) else {
          return false
        }
        let isFree = !action.keys.contains { taken.contains($0) }
        if isFree { taken.formUnion(action.keys) }
        return isFree
      }
    }
  }

  /// What `key` means now.
  static func action(for key: Key, in console: Console) -> Action? {
    for scope in scopes(of: console) {
      let found = all.first { $0.scope == scope && $0.keys.contains(key) && isOffered($0, in: console) }
      if let found { return found }
    }
    return nil
  }

  static func action(_ id: String) -> Action? { all.first { $0.id == id } }

  static func scopes(of console: Console) -> [Action.Scope] {
    [.pane(console.pane), .screen(console.screen), .subject, .everywhere]
  }

  /// A console that only reads offers no acts.
  private static func isOffered(_ action: Action, in console: Console) -> Bool {
    (!console.world.options.readOnly || action.weight == .looks) && action.isMeant(console)
  }

  /// Whether the key means an act that a console that only reads does not offer.
  static func isWithheld(_ key: Key, in console: Console) -> Bool {
    guard console.world.options.readOnly else { return false }
    let scopes = Set(scopes(of: console))
    return all.contains { scopes.contains($0.scope) && $0.keys.contains(key) && $0.weight != .looks }
  }
}

extension ActionTable {
  /// Actions without a key, which only the palette offers.
  static func unbound(in console: Console) -> [Action] {
    let scopes = Set(scopes(of: console))
    return all.filter { $0.keys.isEmpty && scopes.contains($0.scope) && isOffered($0, in: console) }
  }

  /// Actions of other screens, which the palette finds so that nobody has to know where they are.
  static func elsewhere(in console: Console) -> [Action] {
    all.filter { action in
      guard let screen = action.scope.screen else { return false }
      return screen != console.screen && isOffered(action, in: console)
    }
  }
}
