using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cronos;
using Weft.Functions.Credentials;
using Weft.Functions.Tests.Infra;

namespace Weft.Functions.Tests.Docs;

/// <summary>The page on deploying says what is so: its commands are run here, or name what they need.</summary>
public sealed partial class DeployPageTests
{
    private const string Page = "docs/deploy.md";

    private static readonly string Text = ProjectFiles.Read(Page);

    /// <summary>The beginnings of the blocks that tests run.</summary>
    private static readonly string[] Run = ["name=hooks/orders", "dotnet publish src/Weft.Cli"];

    [Theory]
    [InlineData(Page)]
    [InlineData("docs/operate.md")]
    public void Commands_OfAPage_AreRunByATestOrSayWhatTheyNeed(string page) =>
        Assert.DoesNotContain(
            CommandBlock.Of(page), b => b.Needs is null && !Run.Any(r => b.Text.StartsWith(r, StringComparison.Ordinal)));

    [Fact]
    public void Blocks_ThatTestsRun_AreOnThePage() =>
        Assert.All(Run, r => Assert.Single(CommandBlock.Of(Page), b => b.Text.StartsWith(r, StringComparison.Ordinal)));

    [Fact]
    public void Variables_OfTheParameters_AreOnThePage() =>
        Assert.DoesNotContain(InfraFiles.Variables, v => !Text.Contains($"`{v}`", StringComparison.Ordinal));

    [Fact]
    public void Variables_ThatThePageSets_AreRead() =>
        Assert.Empty(
            Set().Matches(Text + ProjectFiles.Read("docs/operate.md")).Select(m => m.Groups["name"].Value)
                .Except(InfraFiles.Variables, StringComparer.Ordinal).Except(["NAME"], StringComparer.Ordinal));

    [Fact]
    public void Outputs_ThatThePageGets_AreTold() =>
        Assert.Empty(
            Got().Matches(Text + ProjectFiles.Read("docs/operate.md")).Select(m => m.Groups["name"].Value)
                .Except(InfraFiles.Outputs, StringComparer.Ordinal));

    [BicepTheory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Defaults_OfAProfile_AreThoseOfThePage(string profile)
    {
        var preview = Preview.Of($"WEFT_PROFILE={profile}");
        var scaling = preview.Only("Microsoft.Web/sites").Properties["functionAppConfig"]!["scaleAndConcurrency"]!;

        Assert.Equal(
            Default("WEFT_SERVICE_BUS_SKU", profile), (string?)preview.Only("Microsoft.ServiceBus/namespaces").Json["sku"]!["name"]);
        Assert.Equal(Default("WEFT_VNET", profile) == "true", preview.All("Microsoft.Network/virtualNetworks").Count == 1);
        Assert.Equal(Default("WEFT_NAT_GATEWAY", profile) == "true", preview.All("Microsoft.Network/natGateways").Count == 1);
        Assert.Equal(
            Default("WEFT_ZONE_REDUNDANT", profile) == "true",
            (bool)preview.Only("Microsoft.Web/serverfarms").Properties["zoneRedundant"]!);
        Assert.Equal(
            Default("WEFT_PURGE_PROTECTION", profile) == "true",
            preview.Only("Microsoft.KeyVault/vaults").Properties["enablePurgeProtection"] is { } protection && (bool)protection);
        Assert.Equal(Default("WEFT_AVAILABILITY_TEST", profile) == "true", preview.All("Microsoft.Insights/webtests").Count == 1);
        Assert.Equal(Default("WEFT_PUBLISH_COMPLETIONS", profile) == "true", preview.Settings["Weft__Queue__Completed"].Length > 0);
        Assert.Equal(Default("WEFT_MAXIMUM_INSTANCES", profile), scaling["maximumInstanceCount"]!.ToString());
    }

    [Fact]
    public void Timers_OfADay_AreAsManyAsThePageSays()
    {
        var day = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
        var runs = Timer().Matches(ProjectFiles.Read("src/Weft.Functions/Timers/TimerFunctions.cs"))
            .Select(m => CronExpression.Parse(m.Groups["cron"].Value, CronFormat.IncludeSeconds))
            .Sum(cron => cron.GetOccurrences(day, day.AddDays(1)).Count());

        Assert.Contains($"timers, {runs.ToString("N0", CultureInfo.InvariantCulture)} runs a day", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void HostFile_OfTheLimits_SaysWhatThePageSays()
    {
        var durable = JsonNode.Parse(ProjectFiles.Read("host.json"))!["extensions"]!["durableTask"]!;

        Assert.Contains($"{durable["maxConcurrentActivityFunctions"]} activities and {durable["maxConcurrentOrchestratorFunctions"]} "
            + "orchestrator turns at once", Text, StringComparison.Ordinal);
        Assert.Contains($"take orchestrator turns: {durable["storageProvider"]!["partitionCount"]},", Text, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task NameOfASecret_AsThePageMakesIt_IsTheOneThatTheAppReads()
    {
        var commands = CommandBlock.Of(Page).Single(b => b.Text.StartsWith(Run[0], StringComparison.Ordinal)).Text;

        Assert.Equal(KeyVaultSecretVault.NameOf("hooks/orders"), await Shell.RunAsync(commands + "\nprintf %s \"$secret\""));
    }

    [PublishFact]
    public async Task OneMachine_AsThePageSetsItUp_AnswersAndDrains()
    {
        var folder = Directory.CreateTempSubdirectory("weft-deploy-");
        try
        {
            var commands = CommandBlock.Of(Page).Single(b => b.Text.StartsWith(Run[1], StringComparison.Ordinal)).Text
                .Replace("/opt/weft", $"{folder}/opt", StringComparison.Ordinal)
                .Replace("/var/lib/weft", $"{folder}/data", StringComparison.Ordinal)
                .Replace("/etc/weft/workflows", "workflows", StringComparison.Ordinal)
                .Replace(":7071", ":0", StringComparison.Ordinal)
                .Trim();

            // As a supervisor does: it waits for the address, asks whether it is ready, and ends it with SIGTERM.
            var answer = await Shell.RunAsync($$"""
                {{commands}} >"{{folder}}/log" 2>&1 &
                trap 'kill -9 $! 2>/dev/null || true' EXIT
                for _ in $(seq 600); do
                  url=$(sed -n 's/.*Now listening on: \([^ ]*\).*/\1/p' "{{folder}}/log") && [[ -n $url ]] && break
                  sleep 0.2
                done
                exec 3<>"/dev/tcp/127.0.0.1/${url##*:}"
                printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
                head -n 1 <&3
                kill -TERM $!
                wait $!
                """);

            Assert.Contains("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The row of the table: names, development, production, words.
    private static string Default(string variable, string profile)
    {
        var row = Text.Split('\n').Single(l => l.StartsWith('|') && l.Split('|')[1].Contains($"`{variable}`", StringComparison.Ordinal));
        return row.Split('|')[profile == "dev" ? 2 : 3].Trim();
    }

    [GeneratedRegex(@"(azd env set|export) (?<name>[A-Z][A-Z0-9_]+)[ =]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Set();

    [GeneratedRegex(@"TimerTrigger\(""(?<cron>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Timer();

    [GeneratedRegex(@"azd env get-value (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Got();
}
