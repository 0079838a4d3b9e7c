using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The account of work done with tools: what was found and made, or why it could not be.</summary>
internal sealed partial class Conclusion(Facts facts, ToolTask task, string text)
{
    private const int MaxValueChars = 160;

    public string Write()
    {
        if (task.Done.LastOrDefault(call => !call.Result.IsOk) is { } failed && (failed.Result.IsFinal || failed == task.Done[^1]))
        {
            return string.Join(' ', Done().Append(OfFailure(failed.Result, facts.OrderId)));
        }

        var sentences = Done().ToList();
        return sentences.Count > 0 ? string.Join(' ', sentences) : Prose.Reply(facts);
    }

    /// <summary>What to tell of a step that failed, and what happens instead.</summary>
    public static string OfFailure(StepResult result, string? orderId)
    {
        var order = orderId is null ? "the order" : $"order #{orderId}";
        return result.Verdict switch
        {
            StepVerdict.NotFound => $"I could not find {order} ({Plain(result.Message)}), so I am escalating this to a human agent who will follow up.",
            StepVerdict.Expired => $"The 30-day return window for {order} has expired, so it can't be returned; I can offer store credit instead.",
            StepVerdict.AlreadyDone => $"A return for {order} already exists ({Plain(result.Message)}); nothing more needs to be done.",
            StepVerdict.Transient => $"A tool kept failing ({Plain(result.Message)}), also when tried again; please try later.",
            _ => $"A step failed: {Plain(result.Message)}",
        };
    }

    private IEnumerable<string> Done()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in task.Done.Where(call => call.Result.IsOk))
        {
            if (Sentence(call) is { } sentence && seen.Add(sentence))
            {
                yield return sentence;
            }
        }
    }

    private string? Sentence(DoneCall done)
    {
        var data = done.Result.Data;
        string? Of(string name) => data.Properties().FirstOrDefault(property => property.Key == name && property.Value.AsScalarText() is { Length: > 0 }).Value.AsScalarText();

        var words = Words.Of(done.Call.Name);
        var order = Of("order_id") ?? done.Call.Arguments.Str("order_id") ?? facts.OrderId;
        if (Of("label_url") is { } label)
        {
            return $"The return shipping label is ready: {label}.";
        }

        if (Of("refund_id") is { } refund)
        {
            return $"Refund {refund} of {Of("amount")} {Of("currency")} was issued for order #{order}.";
        }

        if (Of("return_id") is { } id && words.Contains("return"))
        {
            return $"Return {id} was created for order #{order}.";
        }

        if (Of("tracking_number") is { } tracking && (words.Contains("tracking") || words.Contains("track")))
        {
            var estimate = Of("estimated_delivery") is { } day ? $", estimated delivery {day}" : string.Empty;
            return $"It travels with {Of("carrier") ?? Of("tracking_company") ?? "the carrier"} under tracking number {tracking} and is {(Of("status") ?? "on its way").Replace('_', ' ')}{estimate}.";
        }

        if (words.Contains("email") || words.Contains("mail"))
        {
            return $"A confirmation email was sent to {Of("recipient_email") ?? Of("to") ?? done.Call.Arguments.Str("recipient_email") ?? done.Call.Arguments.Str("to") ?? facts.Email ?? "the customer"}.";
        }

        if (words.Contains("slack") || words.Contains("message"))
        {
            return $"I have notified the team in #{(Of("channel_name") ?? done.Call.Arguments.Str("channel") ?? "general").TrimStart('#')}{(text.Contains("complaint", StringComparison.OrdinalIgnoreCase) ? "; a supervisor will take over this conversation, and I am very sorry for the trouble" : string.Empty)}.";
        }

        if (order is not null && (Of("fulfillment_status") ?? Of("status")) is { } status && words.Contains("order"))
        {
            return $"Order #{order} is {status.Replace('_', ' ')}.";
        }

        return Generic(done);
    }

    private static string Generic(DoneCall done)
    {
        var values = done.Result.Data.Properties().Where(property => property.Value.AsScalarText() is { Length: > 0 }).Take(4)
            .Select(property => $"{property.Key.Replace('_', ' ')} {Digest.Clip(property.Value.AsScalarText(), MaxValueChars)}");
        var said = string.Join(", ", values) is { Length: > 0 } listed ? listed : Digest.Clip((done.Result.Data as JsonValue).AsText() ?? SandboxJson.Text(done.Result.Data), MaxValueChars);
        return $"{string.Join(' ', Words.Of(done.Call.Name))}: {said}.";
    }

    /// <summary>An error without the codes and names in front of it.</summary>
    private static string Plain(string message) => Digest.Clip(Codes().Replace(message.ReplaceLineEndings(" "), string.Empty).TrimEnd('.'), MaxValueChars);

    [GeneratedRegex(@"^(?:Error:\s*)?(?:[a-z]+(?:_[a-z]+)*:\s+)?(?:'?[\w-]+\.\w+'?:\s+)?(?:\d{3}:\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Codes();
}
