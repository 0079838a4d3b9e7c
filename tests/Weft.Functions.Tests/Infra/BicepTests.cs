using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

public sealed class BicepTests
{
    /// <summary>The built-in roles that the deployment grants, and to what.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["blobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["queueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["tableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["serviceBusDataReceiver"] = "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0",
        ["serviceBusDataSender"] = "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39",
        ["keyVaultSecretsOfficer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["durableTaskDataContributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
    };

    public static TheoryData<string> Files => [.. BicepFile.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Params_OfAFile_AreUsed(string name)
    {
        var file = BicepFile.All.Single(f => f.Name == name);

        Assert.NotEmpty(file.Params);
        Assert.DoesNotContain(file.Params.Keys, p => file.UsesOf(p) < 1);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Modules_OfAFile_AreGivenWhatTheyTake(string name)
    {
        var file = BicepFile.All.Single(f => f.Name == name);
        foreach (var module in file.Modules)
        {
            var target =
                BicepFile.All.Single(f => f.Path == Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file.Path)!, module.File)));

            Assert.Empty(module.Params.Except(target.Params.Keys, StringComparer.Ordinal).Select(p => $"{module.Symbol} takes no {p}"));
            Assert.Empty(
                target.Params.Where(p => !p.Value).Select(p => p.Key).Except(module.Params, StringComparer.Ordinal).Select(
                    p => $"{module.Symbol} needs {p}"));
        }
    }

    [Fact]
    public void Modules_InTheFolder_AreAllUsed() =>
        Assert.Equal(
            BicepFile.All.Where(f => f.Name != "main.bicep").Select(f => f.Name).Order(StringComparer.Ordinal),
            BicepFile.All.SelectMany(f => f.Modules).Select(m => Path.GetFileName(m.File)).Distinct(StringComparer.Ordinal).Order(
                StringComparer.Ordinal));

    [Fact]
    public void Outputs_OfModules_AreReadByThoseThatUseThem()
    {
        foreach (var module in BicepFile.Main.Modules)
        {
            var target = BicepFile.All.Single(f => f.Name == Path.GetFileName(module.File));
            var read = Regex.Matches(BicepFile.Main.Code, $@"\b{module.Symbol}\.outputs\.(?<name>\w+)", RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

            Assert.Empty(read.Except(target.Outputs, StringComparer.Ordinal).Select(o => $"{module.Symbol} has no output {o}"));
        }

        var used = BicepFile.Main.Modules.ToLookup(m => Path.GetFileName(m.File), m => m.Symbol, StringComparer.Ordinal);
        Assert.Empty(BicepFile.All.Where(f => f.Name != "main.bicep").SelectMany(f => f.Outputs
            .Where(o => !used[f.Name].Any(symbol => BicepFile.Main.Code.Contains($"{symbol}.outputs.{o}", StringComparison.Ordinal)))
            .Select(o => $"{f.Name}: {o}")));
    }

    [Fact]
    public void Outputs_OfTheDeployment_HoldNoKeys()
    {
        var code = string.Concat(BicepFile.All.Select(f => f.Code));

        Assert.DoesNotContain("listKeys", code, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("listConnectionStrings", code, StringComparison.OrdinalIgnoreCase);
        Assert.All(BicepFile.Main.Outputs, o => Assert.DoesNotMatch("KEY$|SECRET|CONNECTION_STRING|PASSWORD", o));
        Assert.All(BicepFile.Main.Outputs, o => Assert.Matches("^[A-Z0-9_]+$", o));
    }

    [Fact]
    public void Roles_OfTheDeployment_AreTheBuiltInOnes()
    {
        var granted = Regex.Matches(string.Concat(BicepFile.All.Select(f => f.Code)),
            @"var (?<name>\w+) = '(?<id>[0-9a-f]{8}-[0-9a-f-]{27})'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["id"].Value, StringComparer.Ordinal);

        Assert.Equal(Roles.OrderBy(r => r.Key, StringComparer.Ordinal), granted.OrderBy(r => r.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Accounts_OfTheDeployment_HaveNoSharedKeys()
    {
        Assert.Contains("allowSharedKeyAccess: false", Code("storage"), StringComparison.Ordinal);
        Assert.Contains("allowBlobPublicAccess: false", Code("storage"), StringComparison.Ordinal);
        Assert.Contains("disableLocalAuth: true", Code("servicebus"), StringComparison.Ordinal);
        Assert.Contains("enableRbacAuthorization: true", Code("keyvault"), StringComparison.Ordinal);
        Assert.Contains("DisableLocalAuth: true", Code("monitoring"), StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_OfTheDeployment_AreThoseOfTheTemplate()
    {
        var template = JsonNode.Parse(ProjectFiles.Read("local.settings.sample.json"))!["Values"]!;

        Assert.Contains($"var startQueue = '{(string?)template["WEFT_START_QUEUE"]}'", BicepFile.Main.Code, StringComparison.Ordinal);
        Assert.Contains($"var sessionQueue = '{(string?)template["WEFT_SESSION_QUEUE"]}'", BicepFile.Main.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void ParameterFiles_OfTheDeployment_GiveWhatItTakes()
    {
        var main = BicepFile.Main;
        var json = JsonNode.Parse(ProjectFiles.Read("infra/main.parameters.json"))!["parameters"]!.AsObject().Select(p => p.Key).ToList();

        Assert.Equal(main.Params.Keys.Order(StringComparer.Ordinal), json.Order(StringComparer.Ordinal));
        foreach (var file in ProjectFiles.Below("infra", "*.bicepparam").Select(File.ReadAllText))
        {
            var given = Regex.Matches(file, @"^param (?<name>\w+) =", RegexOptions.ExplicitCapture | RegexOptions.Multiline,
                TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value).ToList();

            Assert.StartsWith("using 'main.bicep'", file, StringComparison.Ordinal);
            Assert.Empty(given.Except(main.Params.Keys, StringComparer.Ordinal));
            Assert.Empty(main.Params.Where(p => !p.Value).Select(p => p.Key).Except(given, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Alerts_OnMetrics_NameMetricsOfTheProduct()
    {
        var named = Regex.Matches(Code("alerts"), "Name == \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["name"].Value).ToList();
        var source = string.Concat(ProjectFiles.Below("src", "*.cs").Select(File.ReadAllText));

        Assert.NotEmpty(named);
        Assert.All(named,
            name => Assert.Matches(
                $"Create(Counter|Histogram|UpDownCounter|ObservableGauge|Gauge)<\\w+>\\(\\s*\"{Regex.Escape(name)}\"", source));
    }

    [Fact]
    public void Alerts_OfTheDeployment_CoverWhatOperatorsWaitFor() =>
        Assert.All(
            new[] { "weft-dead-letters", "weft-failed-executions", "weft-failed-requests", "weft-latency", "weft-model-budget",
                "weft-vault-throttling", "weft-storage-throttling" },
            name => Assert.Contains($"name: '{name}'", Code("alerts"), StringComparison.Ordinal));

    [Fact]
    public void Azd_DeploysToTheAppOfItsTag()
    {
        Assert.Contains("\n  api:\n    project: ./src/Weft.Functions\n", ProjectFiles.Read("azure.yaml"), StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'api'", Code("functionapp"), StringComparison.Ordinal);
        Assert.Contains("'azd-env-name': environmentName", BicepFile.Main.Code, StringComparison.Ordinal);
    }

    private static string Code(string module) => BicepFile.All.Single(f => f.Name == $"{module}.bicep").Code;
}
