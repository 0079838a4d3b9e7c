using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>The compiled template, with the modules that it nests.</summary>
public sealed partial class TemplateTests
{
    private static readonly Lazy<JsonNode> Main = new(() => JsonNode.Parse(Bicep.Run("build --stdout main.bicep").Output)!);

    [BicepFact]
    public void Expressions_OfTheTemplate_AskForNoKey() =>
        Assert.DoesNotContain(Bicep.Run("build --stdout main.bicep").Output.Split('\n'), l => Listing().IsMatch(l));

    [BicepFact]
    public void Parameters_OfEachFile_AreDescribed() =>
        Assert.Empty(
            from template in Templates(Main.Value)
            from parameter in template["parameters"]!.AsObject()
            where string.IsNullOrEmpty((string?)parameter.Value!["metadata"]?["description"])
            select parameter.Key);

    [BicepFact]
    public void Outputs_OfTheDeployment_AreVariablesWithoutSecrets()
    {
        var outputs = Main.Value["outputs"]!.AsObject();

        Assert.NotEmpty(outputs);
        Assert.All(outputs, o => Assert.Matches("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$", o.Key));
        Assert.All(outputs, o => Assert.DoesNotMatch("KEY$|SECRET|CONNECTION_STRING|PASSWORD|TOKEN", o.Key));
        Assert.All(outputs, o => Assert.NotNull(o.Value!["metadata"]?["description"]));
    }

    [BicepFact]
    public void Outputs_OfTheDeployment_AreNotReadAsParameters()
    {
        // azd keeps outputs among an environment's variables: one that is read again would outlive what set it.
        var outputs = Main.Value["outputs"]!.AsObject().Select(o => o.Key);

        Assert.Equal(["AZURE_LOCATION"], outputs.Intersect(InfraFiles.Variables, StringComparer.Ordinal));
    }

    [BicepFact]
    public void Location_OfTheDeployment_IsAskedForByAzd() =>
        Assert.Equal("location", (string?)Main.Value["parameters"]!["location"]!["metadata"]!["azd"]!["type"]);

    private static IEnumerable<JsonObject> Templates(JsonNode node)
    {
        if (node is JsonObject template && template["$schema"] is not null && template["parameters"] is not null)
        {
            yield return template;
        }

        var children = node switch
        {
            JsonObject members => members.Select(m => m.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var found in children.OfType<JsonNode>().SelectMany(Templates))
        {
            yield return found;
        }
    }

    [GeneratedRegex(@"\blist[A-Z]\w*\(", RegexOptions.None, 1000)]
    private static partial Regex Listing();
}
