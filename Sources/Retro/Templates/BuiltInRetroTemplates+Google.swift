extension BuiltInRetroTemplates {
  /// The section set of the example postmortem in Google's book on site reliability.
  static let google = """
    # {{title}}

    - Incident: {{incident}}
    - Date: {{started}}
    - Status: {{status}}

    ## Authors

    {{#x_owner}}
    {{{x_owner}}}

    {{/x_owner}}
    {{^x_owner}}
    *Nothing was written yet.*

    {{/x_owner}}
    {{#summary}}
    ## Summary

    {{{summary}}}

    {{/summary}}
    {{#impact}}
    ## Impact

    {{{impact}}}

    {{/impact}}
    ## Root causes

    {{#root_cause}}
    {{{root_cause}}}

    {{/root_cause}}
    {{^root_cause}}
    *Nothing was written yet.*

    {{/root_cause}}
    ## Trigger

    {{#x_trigger}}
    {{{x_trigger}}}

    {{/x_trigger}}
    {{^x_trigger}}
    *Nothing was written yet.*

    {{/x_trigger}}
    ## Resolution

    {{#resolution}}
    {{{resolution}}}

    {{/resolution}}
    {{^resolution}}
    *It is not resolved.*

    {{/resolution}}
    {{#detection}}
    ## Detection

    {{{detection}}}

    {{/detection}}
    ## Action items

    {{#actions}}
    {{{actions}}}

    {{/actions}}
    {{^actions}}
    *None is recorded.*

    {{/actions}}
    ## Lessons

    ### What went well

    {{#went_well}}
    {{{went_well}}}

    {{/went_well}}
    {{^went_well}}
    *Nothing was written yet.*

    {{/went_well}}
    ### What went wrong

    {{#went_badly}}
    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    *Nothing was written yet.*

    {{/went_badly}}
    ### Where we got lucky

    {{#went_luckily}}
    {{{went_luckily}}}

    {{/went_luckily}}
    {{^went_luckily}}
    *Nothing was written yet.*

    {{/went_luckily}}
    {{#lessons}}
    ### More

    {{{lessons}}}

    {{/lessons}}
    ## Timeline

    {{{timeline}}}

    ## Supporting information

    {{{key_times}}}

    {{#charts}}
    {{{charts}}}

    {{/charts}}
    {{#runs}}
    {{{runs}}}

    {{/runs}}
    {{#evidence}}
    {{{evidence}}}

    {{/evidence}}
    {{#updates}}
    {{{updates}}}

    {{/updates}}
    {{#tickets}}
    {{{tickets}}}

    {{/tickets}}
    {{#amended}}
    {{{amended}}}

    {{/amended}}
    {{#removed}}
    {{{removed}}}

    {{/removed}}
    {{{integrity}}}

    """
}
