using Weft.Functions.Tests.Docs;

namespace Weft.Functions.Tests.Infra;

public sealed class WorkflowTests
{
    [ShellFact]
    public async Task Variables_OfAGitHubEnvironment_AreTakenAsTheyAre()
    {
        const string Variables = """{"WEFT_SETTINGS": "{\"a\": \"b c\"}", "AZURE_LOCATION": "westeurope", "PATH": "/nowhere"}""";

        var taken = await Shell.RunAsync("command -v jq >/dev/null && .ci/variables", ("VARIABLES", Variables));

        Assert.Equal(
            "WEFT_SETTINGS<<END_OF_VALUE\n{\"a\": \"b c\"}\nEND_OF_VALUE\nAZURE_LOCATION<<END_OF_VALUE\nwesteurope\nEND_OF_VALUE\n", taken);
    }
}
