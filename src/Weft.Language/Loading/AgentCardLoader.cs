using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Reads agent cards: YAML or JSON, one card a file.</summary>
public static class AgentCardLoader
{
    private static readonly string[] Profiles = ["fast", "balanced", "powerful", "custom"];

    /// <summary>Reads one card, and reports every fault of the text in one pass.</summary>
    public static AgentCardLoadResult Load(string text, string? fileName = null)
    {
        var bag = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        AgentCard? card = null;
        switch (SourceReader.Read(text, fileName, bag))
        {
            case SourceMap map:
                card = Build(map, bag);
                break;
            case { } other:
                bag.Error(DiagnosticCodes.NotAMapping, other, $"An agent card is a mapping of keys, not {other.Kind}.");
                break;
            case null when !bag.HasErrors:
                bag.Error(DiagnosticCodes.NotAMapping, new SourceSpan(fileName, 1, 1),
                    "The text is empty. An agent card needs 'name' and 'type'.");
                break;
        }

        return new AgentCardLoadResult(bag.HasErrors ? null : card, bag.ToList(fileName));
    }

    private static AgentCard? Build(SourceMap written, DiagnosticBag bag)
    {
        var map = new ShapeCheck(bag, new ExpressionIndex(bag), [], []).CheckFile(written, CardShapes.Card);
        SecretScan.Check(written, bag);
        if (map.Map("output_schema") is { } schema)
        {
            SchemaCheck.Check(schema, bag);
        }

        if (map.Scalar("default_profile") is { } profile && !Profiles.Contains(profile.Text))
        {
            bag.Error(DiagnosticCodes.UnknownProfile, profile,
                $"'{profile.Text}' is not a profile.{NearMiss.HintOrList(profile.Text, Profiles, "Profiles")}");
        }

        if (AgentKinds.Find(map.Text("type")) is not { } type || map.Text("name") is not { } name)
        {
            return null;
        }

        var defaults = new AgentCard { Name = name, Type = type };
        return defaults with
        {
            Description = map.Text("description"),
            Capabilities = map.Texts("capabilities"),
            SupportedModels = map.Texts("supported_models"),
            DefaultModel = map.Text("default_model"),
            DefaultProfile = map.Text("default_profile"),
            MaxTokens = map.Int("max_tokens") ?? defaults.MaxTokens,
            SupportsStreaming = map.Bool("supports_streaming") ?? false,
            CostTier = map.Text("cost_tier") ?? defaults.CostTier,
            AvgLatencyMs = map.Int("avg_latency_ms") ?? defaults.AvgLatencyMs,
            RequiresTools = map.Bool("requires_tools") ?? false,
            MaxTools = map.Int("max_tools"),
            MaxIterations = map.Int("max_iterations"),
            TimeoutSeconds = map.Int("timeout_seconds") ?? defaults.TimeoutSeconds,
            SystemPrompt = map.Text("system_prompt"),
            Temperature = map.Double("temperature"),
            OutputSchema = map.JsonObject("output_schema"),
            Tools = map.Texts("tools"),
        };
    }
}
