import Values

extension YAMLReader {
  /// The mapping of names to variables under `key`, in the order of the file; absent is empty.
  package mutating func variables(_ key: String = "variables") -> [Variable] {
    guard var names = mapping(key, of: key) else { return [] }
    let variables = names.names.compactMap { name in names.variable(name) }
    finish(names)
    return variables
  }

  private mutating func variable(_ name: String) -> Variable? {
    guard let node = node(name) else { return nil }
    var reader = reader(node, of: "the variable \(Inert.terminal(name))")
    var variable = Variable(
      name, ask: reader.string("ask"), defaultValue: reader.string("default"),
      choices: reader.strings("choices"), pattern: reader.string("pattern"),
      isSecret: reader.bool("secret") ?? false, from: reader.string("from"))
    if let pattern = variable.pattern, (try? Regex(pattern)) == nil {
      reader.complain(
        "the pattern of \(Inert.terminal(name)) is no regular expression", remedy: "correct it",
        at: reader.valuePosition(of: "pattern"))
      variable.pattern = nil
    }
    if let name = variable.environmentName, !Variable.isEnvironmentName(name) {
      reader.complain(
        "\"\(Inert.terminal(name))\" is no name of a variable of the environment",
        remedy: "write env. and a name of letters, digits and underscores",
        at: reader.valuePosition(of: "from"))
      variable.from = nil
    }
    if variable.isSecret, variable.defaultValue != nil {
      reader.complain(
        "\(Inert.terminal(name)) is secret and has a default", remedy: "remove the default",
        at: reader.position(of: "default"))
      variable.defaultValue = nil
    }
    if let value = variable.defaultValue, !value.isEmpty, let objection = variable.objection(to: value) {
      reader.complain(
        "the default of \(Inert.terminal(name)) does not fit: \(objection)", remedy: "correct one of them",
        at: reader.position(of: "default"))
    }
    finish(reader)
    return variable
  }
}
