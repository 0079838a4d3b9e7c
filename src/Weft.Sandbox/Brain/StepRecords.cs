using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The results of earlier steps that a prompt quotes: as JSON records, as JSON behind a tool's name, or as lines.</summary>
internal static partial class StepRecords
{
    private static readonly string[] ToolKeys = ["tool", "action", "tool_name", "tool_slug", "name"];
    private static readonly string[] DataKeys = ["output", "result", "data", "response", "observation", "value"];
    private static readonly string[] StateKeys = ["status", "success", "successful", "error", "ok", "output", "result"];

    public static IReadOnlyList<DoneCall> In(string text, bool aboutReturn, DateTimeOffset now)
    {
        var lines = text.Split('\n').Select(line => Outcome().Match(line)).Where(match => match.Success).Select(match => OfLine(match, aboutReturn, now)).ToList();
        return lines.Count > 0 ? lines : [.. JsonFragments.In(text).SelectMany(fragment => Of(fragment.Node, fragment.Lead, aboutReturn, now))];
    }

    private static DoneCall OfLine(Match match, bool aboutReturn, DateTimeOffset now)
    {
        var rest = match.Groups["rest"].Value.Trim();
        var failed = Failure().IsMatch(match.Groups["status"].Value) || rest.StartsWith("Error", StringComparison.Ordinal);
        var arguments = JsonReading.TryParse(match.Groups["arguments"].Value, out var given) && given is JsonObject fields ? fields : [];
        var answer = JsonReading.TryParse(rest, out var parsed) ? parsed : JsonValue.Create(rest);
        var result = failed ? new StepResult(StepResult.Classify(rest), answer, rest) : StepResult.Read(answer, isError: false, aboutReturn, now);
        return new DoneCall(new ToolCall(match.Groups["id"].Value, match.Groups["tool"].Value, arguments), result);
    }

    private static IEnumerable<DoneCall> Of(JsonNode node, string lead, bool aboutReturn, DateTimeOffset now)
    {
        switch (node)
        {
            case JsonArray items:
                return items.OfType<JsonObject>().SelectMany(item => Of(item, string.Empty, aboutReturn, now));
            case JsonObject record when ToolIn(record) is { } tool && StateKeys.Any(record.ContainsKey):
                return [Record(record, tool, aboutReturn, now)];
            case JsonObject { Count: > 0 } steps when steps.All(step => StepId().IsMatch(step.Key)):
                return steps.SelectMany(step => step.Value is JsonObject value
                    ? ToolIn(value) is not null ? Of(value, string.Empty, aboutReturn, now) : [new DoneCall(new ToolCall(step.Key, string.Empty, []), StepResult.Read(Payload(value), isError: false, aboutReturn, now))]
                    : []);
            case JsonObject wrapper when Nested(wrapper) is { } nested:
                return Of(nested, string.Empty, aboutReturn, now);
            case JsonObject data when ToolName().Match(lead) is { Success: true } named:
                return [new DoneCall(new ToolCall(string.Empty, named.Value, []), StepResult.Read(data, Failure().IsMatch(lead), aboutReturn, now))];
            default:
                return [];
        }
    }

    private static JsonArray? Nested(JsonObject wrapper) =>
        wrapper.Arr("steps") ?? wrapper.Arr("results") ?? wrapper.Arr("step_results") ?? wrapper.Arr("trace") ?? wrapper.Arr("completed_steps");

    private static DoneCall Record(JsonObject record, string tool, bool aboutReturn, DateTimeOffset now)
    {
        var call = new ToolCall(record.Str("id") ?? string.Empty, tool, record.Obj("arguments") ?? record.Obj("args") ?? record.Obj("input") ?? []);
        var own = StepResult.Read(record, isError: false, aboutReturn: false, now);
        return new DoneCall(call, own.IsOk ? StepResult.Read(Payload(record), isError: false, aboutReturn, now) : own);
    }

    private static JsonNode? Payload(JsonObject record)
    {
        var data = DataKeys.Select(key => record.Get(key)).FirstOrDefault(value => value is not null) ?? record;
        return data.AsText() is { } text && JsonReading.TryParse(text, out var parsed) ? parsed : data;
    }

    private static string? ToolIn(JsonObject record) => ToolKeys.Select(key => record.Str(key)).FirstOrDefault(name => name is not null && ToolName().IsMatch(name));

    [GeneratedRegex(@"\b[A-Za-z][\w-]*\.[a-z]\w+\b|\b[A-Z]{3,}_[A-Z_]{3,}\b|\b[a-z]+_[a-z_]+\b")]
    private static partial Regex ToolName();

    [GeneratedRegex(@"^(?:s|step|task|t)?[_-]?\d+$|^step_?\w+$", RegexOptions.IgnoreCase)]
    private static partial Regex StepId();

    /// <summary>"- s1: shopify.get_order {…} -> success: {…}", with or without id, arguments and result.</summary>
    [GeneratedRegex(@"^\s*(?:[-*•✓✗✔✘]|\d+[.)])?\s*(?:\[?(?<id>\w+)\]?[:.)]\s+)?(?<tool>[A-Za-z][\w-]*\.[a-z]\w+|[A-Z]{3,}_[A-Z_]{3,})\b\s*(?<arguments>\{.*?\}|\([^)]*\))?\s*(?:→|->|=>|:|—|–)\s*(?<status>ok|success|succeeded|completed|done|failed|failure|error|refused)\b:?\s*(?<rest>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Outcome();

    [GeneratedRegex(@"\b(?:failed|failure|error|refused)\b|✗|✘", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();
}
