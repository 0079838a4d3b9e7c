using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>What came of a tool call, as one reads it who works on the task.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="Data">What was answered, without the envelope.</param>
/// <param name="Message">What was said of a failure.</param>
internal sealed record StepResult(StepVerdict Verdict, JsonNode? Data, string Message)
{
    private const int ReturnWindowDays = 30;

    public bool IsOk => Verdict == StepVerdict.Ok;

    /// <summary>Ends the task: another step would not help.</summary>
    public bool IsFinal => Verdict is StepVerdict.NotFound or StepVerdict.Expired or StepVerdict.AlreadyDone or StepVerdict.Failed;

    public static StepResult Read(ToolOutcome outcome, bool aboutReturn, DateTimeOffset now) =>
        Read(JsonReading.TryParse(outcome.Text, out var node) ? node : JsonValue.Create(outcome.Text), outcome.IsError, aboutReturn, now);

    public static StepResult Read(JsonNode? answer, bool isError, bool aboutReturn, DateTimeOffset now)
    {
        var message = ErrorIn(answer);
        if (isError || message is not null)
        {
            message ??= answer.AsText() ?? SandboxJson.Text(answer);
            return new StepResult(Classify(message), answer, message);
        }

        if (aboutReturn && ReturnFault(answer, now) is { } fault)
        {
            return fault with { Data = answer };
        }

        return new StepResult(StepVerdict.Ok, answer, string.Empty);
    }

    public static StepVerdict Classify(string message)
    {
        var text = message.ToLowerInvariant();
        return text.Contains("already", StringComparison.Ordinal) ? StepVerdict.AlreadyDone
            : text.Contains("expired", StringComparison.Ordinal) && !text.Contains("token", StringComparison.Ordinal) || text.Contains("return window", StringComparison.Ordinal) ? StepVerdict.Expired
            : Says(text, "not found", "404", "does not exist", "no such", "unknown order", "doesn't exist") ? StepVerdict.NotFound
            : Says(text, "timeout", "timed out", "temporar", "unavailable", "rate limit", "429", "500", "502", "503", "504", "overloaded", "try again", "connection reset", "too many requests") ? StepVerdict.Transient
            : StepVerdict.Failed;
    }

    private static string? ErrorIn(JsonNode? answer)
    {
        if (answer.AsText() is { } plain)
        {
            return plain.StartsWith("error", StringComparison.OrdinalIgnoreCase) ? plain : null;
        }

        var failed = answer.Bool("successful") == false || answer.Bool("success") == false || answer.Bool("ok") == false
            || answer.Str("status") is "error" or "failed" or "failure";
        var error = answer.Get("error") switch
        {
            JsonObject detail => detail.Str("message") ?? SandboxJson.Text(detail),
            { } value when value.AsText() is { Length: > 0 } text => text,
            _ => null,
        };
        return error ?? (failed ? answer.Str("message") ?? answer.Str("detail") ?? "the tool reported a failure" : null);
    }

    private static StepResult? ReturnFault(JsonNode? answer, DateTimeOffset now)
    {
        var fields = answer.Properties().Where(property => property.Value is not null).ToList();
        string? Text(string name) => fields.Find(field => field.Key == name).Value.AsScalarText();

        if (Text("return_status") is { } status && status is not ("none" or "") && Text("return_id") is { } id && Text("eligible_for_return") == "false")
        {
            return new StepResult(StepVerdict.AlreadyDone, null, $"a return already exists: {id}");
        }

        var days = double.TryParse(Text("days_since_order"), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given
            : DateTimeOffset.TryParse(Text("created_at"), CultureInfo.InvariantCulture, out var created) ? (now - created).TotalDays
            : 0;
        return Text("eligible_for_return") == "false" || days > ReturnWindowDays
            ? new StepResult(StepVerdict.Expired, null, "the return window of 30 days has expired")
            : null;
    }

    private static bool Says(string text, params ReadOnlySpan<string> clues)
    {
        foreach (var clue in clues)
        {
            if (text.Contains(clue, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

internal enum StepVerdict { Ok, NotFound, Expired, AlreadyDone, Transient, Failed }
