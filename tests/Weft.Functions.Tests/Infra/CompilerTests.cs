using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>The compiler has nothing to say of what is deployed. Its linter's rules are in <c>infra/bicepconfig.json</c>.</summary>
public sealed partial class CompilerTests
{
    [BicepTheory]
    [InlineData("build --stdout main.bicep")]
    [InlineData("lint main.bicep")]
    [InlineData("build-params --stdout main.bicepparam")]
    public void Compiler_OnTheFiles_SaysNothing(string words)
    {
        var run = Bicep.Run(words);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [BicepTheory]
    [InlineData("")]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Parameters_OfAProfile_AreAllGivenButWhoDeploys(string profile)
    {
        var run = Bicep.Run("build-params --stdout main.bicepparam", $"WEFT_PROFILE={profile}");
        var built = JsonNode.Parse(run.Output)!;

        var given = JsonNode.Parse((string)built["parametersJson"]!)!["parameters"]!.AsObject().Select(p => p.Key);
        var taken = JsonNode.Parse((string)built["templateJson"]!)!["parameters"]!.AsObject().Select(p => p.Key);

        Assert.Equal(
            ["deployerId"], taken.Except(given, StringComparer.Ordinal));
    }

    [Fact]
    public void Modules_InTheFolder_AreAllUsed()
    {
        var used = ProjectFiles.Below("infra", "*.bicep").Select(File.ReadAllText)
            .SelectMany(text => Module().Matches(text)).Select(m => Path.GetFileName(m.Groups["path"].Value));

        Assert.Equal(
            ProjectFiles.Below("infra/modules", "*.bicep").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            used.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^module \w+ '(?<path>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Module();
}
