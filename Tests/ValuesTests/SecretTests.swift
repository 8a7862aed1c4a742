import Testing
import Values

@Suite struct SecretTests {
  @Test func nothingPrintsIt() {
    let secret = Secret("hunter22")
    #expect("\(secret)" == "•••")
    #expect(String(reflecting: secret) == "•••")
    #expect("\(["token": secret])".contains("hunter22") == false)
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("hunter22"))
  }

  @Test func textIsMaskedWhereverItStands() {
    #expect(Secret("hunter22").masking("a hunter22 b hunter22") == "a ••• b •••")
    #expect(Secret("abc").masking("abc") == "abc")
  }
}
