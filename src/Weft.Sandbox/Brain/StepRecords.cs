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
        var records = new List<DoneCall>();
        foreach (var (node, lead) in JsonFragments.In(text))
        {
            records.AddRange(Of(node, lead, aboutReturn, now));
        }

        if (records.Count == 0)
        {
            records.AddRange(text.Split('\n').Select(line => Line().Match(line)).Where(match => match.Success).Select(match =>
            {
                var failed = Failure().IsMatch(match.Groups[2].Value);
                var message = match.Groups[2].Value.Trim();
                return new DoneCall(new ToolCall(string.Empty, match.Groups[1].Value, []), new StepResult(failed ? StepResult.Classify(message) : StepVerdict.Ok, JsonValue.Create(message), failed ? message : string.Empty));
            }));
        }

        return records;
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

    [GeneratedRegex(@"^\s*(?:[-*•✓✗✔✘]|\d+[.)])?\s*(?:\[?s?\d+\]?[:.)]?\s+)?([A-Za-z][\w-]*\.[a-z]\w+|[A-Z]{3,}_[A-Z_]{3,})\b.*?(?:→|->|=>|:|—|–)\s*((?:ok|success|succeeded|completed|done|failed|failure|error|status)\b.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Line();

    [GeneratedRegex(@"\b(?:failed|failure|error)\b|✗|✘", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();
}
