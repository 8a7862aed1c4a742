/// One piece of a parsed template.
indirect enum TemplateNode: Sendable {
  case text(String)
  /// `{{ pipeline }}`: prints its value, unless it declares or assigns.
  case action(TemplatePipeline)
  case condition(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  case with(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  case range(TemplatePipeline, body: [TemplateNode], otherwise: [TemplateNode])
  /// `{{ template "name" pipeline }}`.
  case call(name: String, TemplatePipeline?, offset: Int)
  case breakLoop, continueLoop
}

/// `$a, $b := command | command | …`.
struct TemplatePipeline: Sendable {
  var variables: [String] = []
  /// `=` instead of `:=`.
  var assigns = false
  var commands: [TemplateCommand] = []
  let offset: Int
}

/// A function, field or value, and its arguments.
struct TemplateCommand: Sendable {
  var operands: [TemplateOperand] = []
  let offset: Int
}

indirect enum TemplateOperand: Sendable {
  case boolean(Bool)
  case number(GoNumber)
  case string(String)
  case dot, null
  case fields([String])
  case variable(String, fields: [String])
  case function(String)
  case pipeline(TemplatePipeline)
  case chain(TemplateOperand, fields: [String])
}
