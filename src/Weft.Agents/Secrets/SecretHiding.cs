using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Agents.Secrets;

/// <summary>
/// Takes secrets out of what comes back from where they were sent, and leaves <c>[env.NAME]</c>: which one it was, never its value.
/// </summary>
/// <remarks>
/// Hidden are the value and the forms in which services like to quote it (<see cref="SecretForms"/>). Where several lie over each
/// other all of the stretch goes, under the name of the longest. What no service makes of a value, such as its reverse or a half of it,
/// is not found.
/// </remarks>
public sealed class SecretHiding
{
    /// <summary>The shortest value that is hidden, in characters.</summary>
    /// <remarks>
    /// A shorter one stands by chance in ordinary text, in <c>true</c>, a date or a price: striking it out would spoil answers, and the
    /// holes in known words would tell what it is. It is guessed in seconds anyway; docs/operate.md says that it is no secret.
    /// </remarks>
    public const int ShortestHidden = 6;

    // From this length on one search for all forms is worth its preparation, in characters.
    private const int LongText = 4096;

    private readonly IReadOnlyList<KeyValuePair<string, string>> _secrets;

    // Made when there is a text to hide them in: most values are read and nothing comes back. Two threads may both make them.
    private (string Form, string Sign)[]? _forms;
    private SearchValues<string>? _any;

    private SecretHiding(IReadOnlyList<KeyValuePair<string, string>> secrets) => _secrets = secrets;

    /// <summary>Gets what hides nothing.</summary>
    public static SecretHiding None { get; } = new([]);

    /// <summary>What hides these values, by name; of two names of one value the first is shown.</summary>
    public static SecretHiding Of(IReadOnlyList<KeyValuePair<string, string>> secrets) =>
        secrets.Count == 0 ? None : new SecretHiding(secrets);

    /// <summary>What hides the values of both.</summary>
    public SecretHiding And(SecretHiding other) =>
        other._secrets.Count == 0 ? this : _secrets.Count == 0 ? other : new SecretHiding([.. _secrets, .. other._secrets]);

    /// <summary>A text without the values.</summary>
    public string Hide(string text)
    {
        if (!HoldsAny(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var stretch in Stretches(text))
        {
            result.Append(text, at, stretch.Start - at).Append(stretch.Sign);
            at = stretch.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A tree without the values, names of members and numbers included.</summary>
    public JsonNode? Hide(JsonNode? node) => Forms.Length == 0 ? node : Rebuild(node);

    private (string Form, string Sign)[] Forms => _forms ??= [.. _secrets
        .SelectMany(s => SecretForms.Of(s.Value).Where(f => f.Length >= ShortestHidden).Select(f => (Form: f, Sign: $"[env.{s.Key}]")))
        .DistinctBy(x => x.Form, StringComparer.Ordinal)
        .OrderByDescending(x => x.Form.Length)];

    private bool HoldsAny(string text)
    {
        if (Forms.Length == 0 || text.Length < ShortestHidden)
        {
            return false;
        }

        if (text.Length >= LongText)
        {
            _any ??= SearchValues.Create([.. Forms.Select(x => x.Form)], StringComparison.Ordinal);
            return text.AsSpan().ContainsAny(_any);
        }

        foreach (var (form, _) in Forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private JsonNode? Rebuild(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                return new JsonObject(
                    o.Select(p => KeyValuePair.Create(Hide(p.Key), Rebuild(p.Value))).DistinctBy(p => p.Key, StringComparer.Ordinal));
            case JsonArray a:
                return new JsonArray([.. a.Select(Rebuild)]);
            case JsonValue v when v.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(Hide(v.GetValue<string>()));
            case JsonValue v when v.GetValueKind() == JsonValueKind.Number && Hide(v.ToJsonString()) is var shown && shown.StartsWith('['):
                return JsonValue.Create(shown);
            default:
                return node?.DeepClone();
        }
    }

    // In order, none touching the next: what lies over each other is one.
    private List<(int Start, int End, string Sign)> Stretches(string text)
    {
        var found = new List<(int Start, int End, string Sign)>();
        foreach (var (form, sign) in Forms)
        {
            for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                found.Add((at, at + form.Length, sign));
            }
        }

        var merged = new List<(int Start, int End, string Sign)>();
        var longest = 0;
        foreach (var next in found.OrderBy(x => x.Start).ThenByDescending(x => x.End))
        {
            if (merged.Count == 0 || next.Start >= merged[^1].End)
            {
                merged.Add(next);
                longest = next.End - next.Start;
                continue;
            }

            var last = merged[^1];
            var sign = next.End - next.Start > longest ? next.Sign : last.Sign;
            longest = Math.Max(longest, next.End - next.Start);
            merged[^1] = (last.Start, Math.Max(last.End, next.End), sign);
        }

        return merged;
    }
}
