using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>What a field of a certain name most likely wants, out of the conversation.</summary>
internal sealed partial class FieldGuess(Facts facts, ToolTask task)
{
    private static readonly string[] Prose =
    [
        "summary", "answer", "response", "reply", "message", "text", "output", "result", "final_answer", "content", "body", "greeting", "reason", "reasoning", "rationale",
        "explanation", "thought", "thoughts", "analysis", "description", "finding", "suggestion", "recommendation", "suggested_fix", "expected_impact", "title", "subject", "comment",
        "conclusion", "resolution", "next_step", "instruction", "note", "details", "feedback", "impact", "observation", "plan", "topic", "sentence", "paragraph", "headline",
    ];

    private static readonly string[] Failures = ["missing", "error", "errors", "error_message", "warnings", "blockers", "failed", "failures", "replan", "failure", "failed_steps", "open_questions", "missing_steps", "problem", "missing_information", "refusal"];
    private static readonly string[] Truths = ["success", "successful", "ok", "valid", "is_valid", "done", "finished", "complete", "completed", "is_complete", "approved", "goal_achieved", "achieved", "satisfied", "resolved", "passed"];
    private static readonly string[] Alarms = ["requires_human", "needs_human", "escalate", "escalated", "human_takeover", "requires_escalation", "needs_escalation", "urgent", "is_urgent", "is_complaint"];

    public static bool IsProse(string name) => Prose.Contains(Labels.Key(name));

    /// <summary>Names of what is only there when something went wrong.</summary>
    public static bool IsOfFailure(string name) => Failures.Contains(Labels.Key(name));

    public static bool IsScore(string name) => name.Contains("score", StringComparison.OrdinalIgnoreCase) || name.Contains("confidence", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value that the conversation holds under this name, or null.</summary>
    public string? Known(string name)
    {
        var key = Labels.Key(name);
        if (IsProse(key) || key.Length == 0)
        {
            return null;
        }

        var entity = key switch
        {
            "order_id" or "order_number" or "order" or "order_no" => facts.OrderId,
            "email" or "customer_email" or "recipient_email" or "email_address" => facts.Email,
            "name" or "customer_name" or "first_name" or "recipient_name" or "user_name" => facts.CustomerName,
            "url" or "link" or "website" => Facts.UrlIn(facts.CustomerText) ?? Facts.UrlIn(facts.LastUser),
            "channel" or "slack_channel" => Facts.ChannelIn(facts.LastUser),
            "language" or "lang" or "locale" => "en",
            "currency" => "USD",
            "amount" or "total" or "price" => Money().Match(facts.CustomerText) is { Success: true } money ? money.Groups[1].Value : null,
            "phone" or "phone_number" => Phone().Match(facts.CustomerText) is { Success: true } phone ? phone.Value : null,
            "tracking_number" => facts.Any(key) ?? (TrackingNumber().Match(facts.UserText) is { Success: true } tracking ? tracking.Value : null),
            "return_id" => facts.Any(key) ?? (ReturnNumber().Match(facts.UserText) is { Success: true } id ? id.Value : null),
            "label_url" => facts.Any(key) ?? LabelUrl(),
            _ => null,
        };
        return entity ?? (facts.Any(key) is { Length: > 0 and < 400 } value ? value : null);
    }

    public bool Flag(string name)
    {
        var key = Labels.Key(name);
        if (facts.Any(key) is { } known && bool.TryParse(known, out var flag))
        {
            return flag;
        }

        if (key is "replan" or "should_replan" or "needs_replan" or "retry")
        {
            return task.HasFailed && task.Done[^1].Result.Verdict is (StepVerdict.Transient or StepVerdict.Failed);
        }

        if (Truths.Contains(key))
        {
            return !task.HasFailed;
        }

        return Alarms.Contains(key) && (task.HasFailed || Severity() is "high" or "critical");
    }

    public double Number(string name, double? max)
    {
        var key = Labels.Key(name);
        if (facts.Any(key) is { } known && double.TryParse(known, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        return key switch
        {
            _ when key.Contains("score", StringComparison.Ordinal) || key.Contains("completeness", StringComparison.Ordinal) || key.Contains("accuracy", StringComparison.Ordinal)
                || key.Contains("probability", StringComparison.Ordinal) || key.Contains("quality", StringComparison.Ordinal) => max > 1 ? Math.Round(max.Value * 0.9) : 0.92,
            _ when key.Contains("rating", StringComparison.Ordinal) => max is { } top ? Math.Ceiling(top * 0.8) : 4,
            _ when key.Contains("days", StringComparison.Ordinal) => 3,
            _ when key.Contains("hours", StringComparison.Ordinal) => 2,
            _ when key.Contains("words", StringComparison.Ordinal) => Words.Of(facts.CustomerText).Count,
            _ when key.Contains("characters", StringComparison.Ordinal) || key.Contains("length", StringComparison.Ordinal) => facts.CustomerText.Length,
            _ when key is "line" or "quantity" or "version" or "step" or "priority" or "page" => 1,
            _ when FirstNumber().Match(facts.CustomerText) is { Success: true } number && !key.Contains("count", StringComparison.Ordinal) => double.Parse(number.Value, CultureInfo.InvariantCulture),
            _ => 1,
        };
    }

    /// <summary>A choice that the state of the task decides, or null to choose by keywords.</summary>
    public string? Word(string name, IReadOnlyList<string> words)
    {
        var key = Labels.Key(name);
        if (key is "status" or "state" or "outcome" or "verdict" or "result" && (task.HasActed || facts.Quoted.Count > 0))
        {
            string[] wanted = task.HasFailed ? ["failed", "failure", "error", "rejected", "fail"] : ["success", "succeeded", "completed", "complete", "done", "ok", "passed", "pass", "approved", "resolved"];
            return words.FirstOrDefault(word => wanted.Contains(word.ToLowerInvariant()));
        }

        var severity = key is "urgency" or "priority" or "severity" or "impact" ? facts.Label("priority") is { } labelled && key != "impact" ? labelled.ToLowerInvariant() : Severity() : null;
        return severity is null ? null : words.FirstOrDefault(word => word.Equals(severity, StringComparison.OrdinalIgnoreCase))
            ?? (severity is "critical" or "urgent" ? words.FirstOrDefault(word => word.ToLowerInvariant() is "critical" or "urgent" or "high") : null)
            ?? (severity is "normal" or "medium" ? words.FirstOrDefault(word => word.ToLowerInvariant() is "medium" or "normal" or "moderate") : null);
    }

    /// <summary>low, medium, high or critical, by the customer's words.</summary>
    public string Severity() => KeywordChoice.Choose(["low", "medium", "high", "critical"], facts.CustomerText, string.Empty).Value;

    public IReadOnlyList<string> List(string name) => Labels.Key(name) switch
    {
        "order_ids" or "orders" or "order_numbers" => Facts.AllOrders(facts.UserText),
        "keywords" or "tags" or "topics" or "key_terms" => Topics(4),
        "emails" or "recipients" => facts.Email is { } email ? [email] : [],
        "missing" or "missing_information" => task.MissingFacts,
        _ => [],
    };

    /// <summary>What an open object of this name holds.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Entities(string name)
    {
        if (Labels.Key(name) is "data" or "facts" or "outputs" or "ids")
        {
            foreach (var (key, value) in task.Done.Where(call => call.Result.IsOk).SelectMany(call => call.Result.Data.Properties())
                .Where(property => Fact().IsMatch(property.Key) && property.Value.AsScalarText() is { Length: > 0 }).DistinctBy(property => property.Key).Take(12))
            {
                yield return new(key, value?.DeepClone());
            }

            yield break;
        }

        if (Labels.Key(name) is not ("entities" or "extracted" or "extracted_entities" or "slots" or "details"))
        {
            yield break;
        }

        if (facts.OrderId is { } order)
        {
            yield return new("order_id", order);
        }

        if (Facts.EmailIn(facts.CustomerText) is { } email)
        {
            yield return new("email", email);
        }

        if (Known("tracking_number") is { } tracking)
        {
            yield return new("tracking_number", tracking);
        }

        if (Money().Match(facts.CustomerText) is { Success: true } money)
        {
            yield return new("amount", money.Groups[1].Value);
        }

        if (Reason() is { } reason)
        {
            yield return new("reason", reason);
        }
    }

    /// <summary>Why the customer sends something back, in a word, or null.</summary>
    public string? Reason() => Complaint().Match(facts.CustomerText + "\n" + facts.UserText) is { Success: true } match ? match.Value.ToLowerInvariant() : null;

    /// <summary>A sentence or phrase for a field of this name; different ones for different items of a list.</summary>
    public string Sentence(string name, int index)
    {
        var topic = string.Join(' ', Topics(2)) is { Length: > 0 } topics ? topics : "request";
        return Labels.Key(name) switch
        {
            "greeting" or "welcome_message" => Brain.Prose.Greeting(facts),
            "summary" or "answer" or "response" or "reply" or "message" or "text" or "output" or "result" or "final_answer" or "content" or "body" or "resolution" or "conclusion" =>
                index > 0 ? $"Point {index + 1} about the {topic}." : task.HasActed ? task.Conclusion() : Brain.Prose.Reply(facts),
            "subject" or "title" or "headline" => $"About your {topic}",
            "reason" or "reasoning" or "rationale" or "explanation" or "thought" or "thoughts" or "analysis" or "observation" =>
                facts.CustomerText.Length > 0 ? $"It says: \"{Json.Digest.Clip(facts.CustomerText.ReplaceLineEndings(" "), 120)}\"" : $"It concerns the {topic}.",
            "error" or "error_message" => "None",
            "subcategory" or "topic" or "category" or "type" or "issue_type" or "kind" => topic.Replace(' ', '_'),
            "field" or "column" => facts.Label("columns")?.Split(',')[Math.Min(index, facts.Label("columns")!.Split(',').Length - 1)].Trim() ?? $"field_{index + 1}",
            "estimated_resolution_time" or "eta" or "duration" => "2 hours",
            "recommendation" or "recommendations" or "action" or "next_steps" or "suggested_fix" or "suggestion" or "follow_up" =>
                index == 0 ? $"Review the {topic} and confirm the result with the owner." : $"Keep watching the {topic} over the next period.",
            "finding" or "insight" or "insights" or "description" or "issue" => index == 0 ? $"The {topic} stands out in what was given." : $"A second look at the {topic} shows the same pattern.",
            "trend" or "trends" => index == 0 ? $"The {topic} is steady." : $"The {topic} grows slowly.",
            "impact" or "expected_impact" => "Fewer repeated problems and faster handling.",
            "id" => index == 0 ? "1" : (index + 1).ToString(CultureInfo.InvariantCulture),
            "tone" or "style" or "mood" => "friendly",
            "issues" or "problems" or "warnings_found" => Empties(index) ?? (index == 0 ? $"The {topic} should be checked against its source." : $"The {topic} has no owner named."),
            "version" => "1.0.0",
            "date" => "2026-01-15",
            var key when key.EndsWith("_id", StringComparison.Ordinal) => Json.Digest.Id(key[..Math.Min(3, key.Length)] + "_", facts.Prompt + index, 8),
            var key => index == 0 ? $"{topic} ({(key.Length == 0 ? "value" : key.Replace('_', ' '))})" : $"{topic} ({key.Replace('_', ' ')} {index + 1})",
        };
    }

    /// <summary>What a profile of data says of its gaps.</summary>
    private string? Empties(int index) => index == 0 && facts.QuotedText("empty") is { } empty && empty != "0" ? $"{empty} values are empty{(facts.QuotedText("rows") is { } rows ? $" in {rows} rows" : string.Empty)}." : null;

    /// <summary>The words that a text is about, in the order in which they appear.</summary>
    public IReadOnlyList<string> Topics(int count) => [.. Words.Of(facts.CustomerText.Length > 0 ? facts.CustomerText : facts.LastUser)
        .Where(word => word.Length > 3 && !Words.IsFiller(word) && !char.IsDigit(word[0])).Distinct(StringComparer.Ordinal).Take(count)];

    private string? LabelUrl() => LabelLink().Match(facts.UserText) is { Success: true } match ? match.Value.TrimEnd('.', ',', '"', ')') : null;

    [GeneratedRegex("(?:_id|_url|_number)$|^(?:amount|currency|carrier|ts|channel_name)$")]
    private static partial Regex Fact();

    [GeneratedRegex(@"[$€£]\s?(\d+(?:[.,]\d{2})?)")]
    private static partial Regex Money();

    [GeneratedRegex(@"\+?\d[\d ()-]{7,}\d")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b1Z[0-9A-Z]{8,}\b|\bTRK-?\d{6,}\b")]
    private static partial Regex TrackingNumber();

    [GeneratedRegex(@"\bRET-\d+\b")]
    private static partial Regex ReturnNumber();

    [GeneratedRegex(@"https?://[^\s""'<>\\]*label[^\s""'<>\\]*", RegexOptions.IgnoreCase)]
    private static partial Regex LabelLink();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"\b(?:damaged|broken|defective|cracked|wrong (?:item|size)|too (?:small|large|big)|changed my mind|not as described|missing parts)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Complaint();
}
