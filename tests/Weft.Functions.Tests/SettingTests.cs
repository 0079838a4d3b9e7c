using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Functions.Tests.Infra;

namespace Weft.Functions.Tests;

/// <summary>Every setting that the code reads is set by the deployment and shown in the template, and the other way round.</summary>
public sealed partial class SettingTests
{
    /// <summary>
    /// Read by the code, and left out of the deployment or the template on purpose: the code has a default, or none is needed there.
    /// </summary>
    private static readonly string[] Optional =
    [
        // Sections of options: each option has a default, and is set as Weft__Section__Name.
        "Weft:Api", "Weft:Composio", "Weft:Contexts", "Weft:Executions", "Weft:Memory", "Weft:Models", "Weft:Operations", "Weft:Retention",
        "Weft:Schedules", "Weft:Tools", "Weft:Workflows",

        // Of Weft:Queue the deployment sets Completed alone; the others are the embedded server's.
        "Weft:Queue",

        // The embedded engine and the command line are not on Azure.
        "Weft:Engine", "WEFT_API_KEY",

        // On a developer's machine telemetry is sent with the connection string alone.
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",

        // Telemetry by OTLP, for those who have a collector of their own.
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "OTEL_SDK_DISABLED", "OTEL_TRACES_SAMPLER",

        // Endpoints have their public addresses; further providers' keys are read from the vault on Azure, and are set where they are used.
        "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "COMPOSIO_BASE_URL", "GROQ_BASE_URL", "GROQ_API_KEY", "GEMINI_BASE_URL", "GEMINI_API_KEY",
        "OLLAMA_BASE_URL", "OPENROUTER_BASE_URL", "OPENROUTER_API_KEY", "DEEPSEEK_BASE_URL", "DEEPSEEK_API_KEY", "XAI_BASE_URL",
        "XAI_API_KEY", "MISTRAL_BASE_URL", "MISTRAL_API_KEY", "AZURE_OPENAI_API_VERSION",
    ];

    /// <summary>Read by the platform, not by our code.</summary>
    private static readonly string[] Platform =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "FUNCTIONS_WORKER_RUNTIME",
        "AzureWebJobs.StartFromQueue.Disabled", "AzureWebJobs.StartFromSessionQueue.Disabled",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "DurableStorage",
    ];

    private static readonly HashSet<string> Read = ReadByCode();
    private static readonly HashSet<string> Template = [.. JsonNode.Parse(
        ProjectFiles.Read("local.settings.sample.json"))!["Values"]!.AsObject().Select(p => Name(p.Key))];

    private static HashSet<string> Deployed => [.. Preview.Dev.Settings.Keys.Concat(Preview.OnTheScheduler.Settings.Keys).Select(Name)];

    [Fact]
    public void Settings_ThatTheCodeReads_AreFound() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "WEFT_START_QUEUE", "ServiceBusConnection", "TaskHub", "OPENAI_API_KEY",
                "Weft:Vault:Uri", "Weft:Api", "AzureWebJobsStorage", "COMPOSIO_WEBHOOK_SECRET", "COMPOSIO_API_KEY" }, Read);

    [BicepFact]
    public void Settings_ThatTheCodeReads_AreDeployed() => Assert.Empty(Missing(Deployed));

    [Fact]
    public void Settings_ThatTheCodeReads_AreInTheTemplate() => Assert.Empty(Missing(Template));

    [BicepFact]
    public void Settings_ThatAreDeployed_AreReadBySomething() => Assert.Empty(Unread(Deployed));

    [Fact]
    public void Settings_InTheTemplate_AreReadBySomething() => Assert.Empty(Unread(Template));

    [BicepFact]
    public void Settings_SaidToBeOptional_AreReadAndNotSetEverywhere() =>
        Assert.DoesNotContain(Optional, o => !Read.Contains(o) || (Deployed.Contains(o) && Template.Contains(o)));

    private static IEnumerable<string> Missing(HashSet<string> set) =>
        Read.Except(set, StringComparer.Ordinal).Except(Optional, StringComparer.Ordinal);

    // A section that is read stands for everything below it.
    private static IEnumerable<string> Unread(HashSet<string> set) =>
        set.Where(s =>
            !Platform.Contains(s, StringComparer.Ordinal) && !Read.Any(r => s == r || s.StartsWith(r + ":", StringComparison.Ordinal)));

    private static HashSet<string> ReadByCode()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in ProjectFiles.Below("src", "*.cs").Select(File.ReadAllText))
        {
            foreach (var expression in new[] { Indexed(), Variable(), Asked(), Section(), Variables() })
            {
                read.UnionWith(expression.Matches(text).Select(m => m.Groups["name"].Value));
            }
        }

        foreach (var text in ProjectFiles.Below("src/Weft.Functions", "*.cs").Select(File.ReadAllText).Append(
            ProjectFiles.Read("host.json")))
        {
            read.UnionWith(Bound().Matches(text).Select(m => m.Groups["name"].Value));
            read.UnionWith(Connection().Matches(text).Select(m => m.Groups["name"].Value));
            read.UnionWith(Key().Matches(text).Select(m => m.Groups["name"].Value));
        }

        read.UnionWith(
            Catalog().Matches(ProjectFiles.Read("src/Weft.Agents/Models/Catalog/catalog.yaml")).Select(m => m.Groups["name"].Value));
        return read;
    }

    // Connections by identity are a prefix; a nested name is written with two underscores.
    private static string Name(string setting)
    {
        var name = setting.Replace("__", ":", StringComparison.Ordinal);
        var cut = name.IndexOf(':', StringComparison.Ordinal);
        return cut > 0 && name[..cut] is "AzureWebJobsStorage" or "ServiceBusConnection" or "DurableStorage" ? name.Split(':')[0] : name;
    }

    [GeneratedRegex("onfiguration\\[\"(?<name>[^\"]+)\"\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Indexed();

    [GeneratedRegex("GetEnvironmentVariable\\(\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("\\.Setting\\(\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("const string Section = \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex("\"%(?<name>[^%\"]+)%\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bound();

    [GeneratedRegex("Connection = \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connection();

    // A constant that is written like a variable is one.
    [GeneratedRegex("const string \\w+ = \"(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();

    [GeneratedRegex("const string \\w+ = \"(?<name>Weft:[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"(key|base_url)_from: (?<name>[A-Z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Catalog();
}
