using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Short, sensible text for prompts that ask for text.</summary>
internal static partial class Prose
{
    private static readonly string[] Spoken = ["answer", "summary", "response", "text", "message", "resolution", "content", "result"];
    private static readonly HashSet<string> Plumbing = ["intent", "customer_id", "customer", "conversation_id", "category", "priority", "customer_message", "message", "question", "steps", "instructions", "task", "goal", "context", "context_from_knowledge_base"];

    public static string Reply(Facts facts)
    {
        var ask = facts.LastUser;
        if (Assembly().IsMatch(ask))
        {
            return Assemble(facts);
        }

        if (Greet().IsMatch(ask))
        {
            return Greeting(facts);
        }

        if (Summary().IsMatch(ask))
        {
            return Summarise(facts);
        }

        var outline = TaskSteps.In(ask);
        var sections = outline.Count(point => Words.Of(point) is [var first, ..] && Words.ClassOf(first) == VerbClass.None && first != "if");
        return Numbered().IsMatch(ask) && outline.Count > 1 && sections * 2 > outline.Count ? Outline(facts, outline)
            : Knowledge(facts) ?? (facts.HasCustomer || !Work().IsMatch(ask) ? Support(facts) : Account(facts));
    }

    public static string Greeting(Facts facts) => facts.CustomerName is { } name
        ? $"Hello, {name}! It's great to have you here."
        : "Hello! It's great to have you here.";

    /// <summary>The sections of a prompt as one answer to the customer.</summary>
    private static string Assemble(Facts facts)
    {
        var parts = Labels.In(facts.LastUser).Where(label => !Plumbing.Contains(label.Key) && label.Value.Length > 0)
            .Select(label => Sentence(Say(label.Value))).Where(part => part.Length > 0 && !Assembly().IsMatch(part)).Distinct(StringComparer.Ordinal).ToList();
        if (parts.Count == 0)
        {
            parts.AddRange(facts.Quoted.Select(node => Sentence(Say(SandboxJson.Text(node)))).Where(part => part.Length > 0));
        }

        if (parts.Exists(part => part.StartsWith("Thank you", StringComparison.Ordinal) || part.Contains("sorry", StringComparison.Ordinal)))
        {
            // A section that is a reply already needs no second opening.
            return $"Hi {facts.CustomerName ?? "there"}, {string.Join(' ', parts)} If there is anything else you need, just reply to this message.".Replace("  ", " ", StringComparison.Ordinal);
        }

        var opening = facts.Label("intent") switch
        {
            "return_request" => "Thank you for reaching out about your return.",
            "order_status" => "Here is the latest on your order.",
            "complaint" => "I'm truly sorry about your experience, and thank you for telling us.",
            _ => "Thank you for contacting us.",
        };
        return $"Hi {facts.CustomerName ?? "there"}, {char.ToLowerInvariant(opening[0]) + opening[1..]} {string.Join(' ', parts)} If there is anything else you need, just reply to this message."
            .Replace("  ", " ", StringComparison.Ordinal).Replace(", i'm ", ", I'm ", StringComparison.Ordinal);
    }

    /// <summary>What a value says to a person: of an object the part that is meant to be read.</summary>
    public static string Say(string value)
    {
        if (!JsonReading.TryParse(value, out var node) || node is not JsonObject fields)
        {
            return value;
        }

        return Spoken.Select(name => fields.Str(name)).FirstOrDefault(text => text is { Length: > 0 })
            ?? string.Join(", ", fields.Where(field => field.Value.AsScalarText() is not null).Select(field => $"{field.Key.Replace('_', ' ')}: {field.Value.AsScalarText()}"));
    }

    private static string Sentence(string text)
    {
        var trimmed = text.Trim().Trim('"');
        return trimmed.Length == 0 ? string.Empty : trimmed[^1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }

    private static string Summarise(Facts facts)
    {
        var lines = facts.LastUser.Split('\n').Where(line => !Summary().IsMatch(line) && line.Trim().Length > 0).ToList();
        var subject = lines.Count > 0 ? string.Join(' ', lines) : facts.CustomerText;
        var sentences = SentenceEnd().Split(subject.ReplaceLineEndings(" ").Trim()).Where(sentence => sentence.Length > 0).Take(3).ToList();
        return "In short: " + Digest.Clip(string.Join(' ', sentences), 600);
    }

    /// <summary>A numbered outline is answered point by point.</summary>
    private static string Outline(Facts facts, IReadOnlyList<string> points)
    {
        var topic = Digest.Clip(facts.CustomerText.Split('\n')[0], 160).Trim().TrimEnd('.');
        var text = new StringBuilder($"Here is what I found about \"{topic}\".\n");
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i].TrimEnd('.', ':');
            text.Append($"\n{i + 1}. {point}: ").Append(Labels.Key(point) switch
            {
                var key when key.Contains("analy", StringComparison.Ordinal) || key.Contains("cause", StringComparison.Ordinal) => $"the report points at {topic.ToLowerInvariant()}.",
                var key when key.Contains("resolution", StringComparison.Ordinal) || key.Contains("step", StringComparison.Ordinal) => "restart the affected part, update it to the current version, sign in again, and repeat what failed.",
                var key when key.Contains("prevent", StringComparison.Ordinal) => "keep the software up to date and watch the status page.",
                var key when key.Contains("follow", StringComparison.Ordinal) => "we check back within one working day; reply here if it happens again.",
                _ => "done as described.",
            });
        }

        return text.ToString();
    }

    /// <summary>The listed documents that share words with the question.</summary>
    private static string? Knowledge(Facts facts)
    {
        var asked = Words.Of(facts.CustomerText).Where(word => word.Length > 3 && !Words.IsFiller(word)).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        var documents = facts.LastUser.Split('\n').Select(line => Bullet().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)
            .Select(line => (line, Words.Of(line).Select(Words.Stem).Count(asked.Contains))).Where(pair => pair.Item2 > 0)
            .OrderByDescending(pair => pair.Item2).Take(2).Select(pair => Sentence(pair.line)).ToList();
        return documents.Count == 0 ? null : $"Thank you for your question. {string.Join(' ', documents)} Let me know if you would like more detail.";
    }

    /// <summary>For work on what a prompt gives: what was looked at, and that it is done.</summary>
    private static string Account(Facts facts)
    {
        var lines = facts.LastUser.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var seen = Labels.In(facts.LastUser).Where(label => label.Value.Length is > 0 and < 80 && !label.Value.Contains('\n', StringComparison.Ordinal)).Take(4).Select(label => $"{label.Key.Replace('_', ' ')} {label.Value}").ToList();
        var titles = facts.Quoted.SelectMany(node => node.Properties()).Where(property => property.Key is "title" or "name" or "subject").Select(property => property.Value.AsText()).OfType<string>().Distinct(StringComparer.Ordinal).Take(3).ToList();
        seen.AddRange(titles.Select(title => $"\"{Digest.Clip(title, 60)}\""));
        var what = seen.Count > 0 ? $" I went through {string.Join(", ", seen)}." : string.Empty;
        return $"Here is the result for \"{Digest.Clip(lines[0].TrimEnd(':', '.'), 160)}\".{what} Nothing stands in the way; two points deserve a second look: errors that nobody handles, and cases that no test covers.";
    }

    private static string Support(Facts facts)
    {
        var subject = facts.CustomerText.Length > 0 ? facts.CustomerText : facts.LastUser;
        var (intent, confidence) = KeywordChoice.Choose(["return_request", "order_status", "complaint", "technical", "billing", "general_inquiry"], subject, string.Empty);
        var order = facts.OrderId is { } id ? $"order #{id}" : "your order";
        var quote = Digest.Clip(subject.Split('\n')[0].Trim().Trim('"'), 160);
        return confidence < 0.6 ? $"Thank you for your message. About \"{quote}\": I'm happy to help." : intent switch
        {
            "return_request" => $"Thank you for letting us know. I'm sorry about the trouble with {order}; it can be returned within 30 days, and I'll help you with the next steps.",
            "order_status" => $"Thank you for asking about {order}. I'll check where it is and let you know the expected delivery.",
            "complaint" => $"I'm very sorry about your experience{(facts.OrderId is null ? string.Empty : $" with {order}")}. You deserve better, and a member of our team takes over this conversation right away.",
            "technical" => $"Thank you for the report. About \"{quote}\": please update to the current version and sign in again; if it persists, send us the error text and we will look into it.",
            "billing" => $"Thank you for your message. About \"{quote}\": I have looked at the account, and our billing team will confirm the details by email.",
            _ => $"Thank you for your message. About \"{quote}\": I'm happy to help, and here is what you need to know to get started.",
        };
    }

    [GeneratedRegex(@"\b(?:assemble|cohesive|combine (?:the|these|them|all)|final customer response|(?:write|compose|draft) the (?:final )?(?:reply|answer|response|message) to the customer|compose (?:a|the) (?:final|single))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Assembly();

    [GeneratedRegex(@"\b(?:greet|greeting|say hello|welcome)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Greet();

    [GeneratedRegex(@"\b(?:summari[sz]e|summary of|tl;?dr)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^\s*(?:review|analy[sz]e|write|draft|create|generate|explain|perform|evaluate|extract|process|format|translate|prepare|check)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Work();

    [GeneratedRegex(@"^\s*\d+[.)]\s+\S", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\s*[-*•]\s+(.{8,})$")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
