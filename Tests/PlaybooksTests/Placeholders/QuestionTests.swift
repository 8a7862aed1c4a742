import Testing
import Values

@testable import Playbooks

struct QuestionTests {
  @Test func asksForPlaceholdersAndForWhatCommandsReadFromTheirEnvironment() {
    let document = read(
      """
      ---
      variables:
        TOKEN: {secret: true}
        TOKEN_2: {ask: Which one?}
        REDIS_URL: {ask: Where?}
      ---
      1. Post
         ```bash
         curl "$API_URL/x" -H "key: ${TOKEN}" -d <body>
         node -e "f(process.env.REDIS_URL)"
         ```
      """
    ).document
    let system = [Variable("API_URL", defaultValue: "http://a"), Variable("API")]
    let questions = document.questions(of: document.steps, with: system)
    #expect(questions.map(\.name) == ["body", "API_URL", "TOKEN", "REDIS_URL"])
    #expect(questions.map(\.prompt) == ["body", "API_URL", "TOKEN", "Where?"])
    #expect(questions.map(\.isSecret) == [false, false, true, false])
  }
}
