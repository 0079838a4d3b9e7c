using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Faults;

/// <summary>Which requests go wrong, how often, and how.</summary>
/// <remarks>All conditions that are given must hold; a rule without any hits every request.</remarks>
public sealed record FaultRule
{
    /// <summary>Gets a name to find the rule by in the log. The default is the kind.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the simulator: <c>openai</c>, <c>anthropic</c> or <c>composio</c>. Null is any.</summary>
    public string? Target { get; init; }

    /// <summary>Gets the model, whole or with <c>*</c> wildcards, case-insensitive.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the Composio slug that is executed, whole or with <c>*</c> wildcards, case-insensitive.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets a part of the request's path.</summary>
    public string? Path { get; init; }

    /// <summary>Gets a text that the request's body holds, case-insensitive.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets the one matching request to hit, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>Gets how many matching requests to hit, from the first on.</summary>
    public int? First { get; init; }

    /// <summary>Gets the period: 3 hits every third matching request.</summary>
    public int? Every { get; init; }

    /// <summary>Gets the chance of a hit from 0 to 1. Which requests are hit follows from <see cref="Seed"/> alone.</summary>
    public double? Probability { get; init; }

    /// <summary>Gets the seed of <see cref="Probability"/>. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets what goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Gets the delay in milliseconds: of the answer (<see cref="FaultKind.Latency"/>, default 1000), of each 64 bytes
    /// (<see cref="FaultKind.SlowDrip"/>, default 50), or of the reset behind half a body (default 20).</summary>
    public int? Ms { get; init; }

    /// <summary>Gets the HTTP status of <see cref="FaultKind.ServerError"/> (default 500), <see cref="FaultKind.HtmlError"/>
    /// (default 502) or <see cref="FaultKind.HttpError"/>.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the <c>Retry-After</c> of <see cref="FaultKind.RateLimit"/> in seconds. The default is 1; a negative number leaves
    /// the header out.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Gets the error code of <see cref="FaultKind.HttpError"/>.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the error text, instead of the kind's usual one.</summary>
    public string? Message { get; init; }

    /// <summary>Gets whether a Composio action takes effect although its answer is lost.</summary>
    /// <value>The default is true for kinds that spoil the body on its way (cut, malformed, slow), false for those that answer in its
    /// place.</value>
    public bool? Effect { get; init; }

    /// <summary>Reads rules from JSON: an array of rules, or an object with the property <c>rules</c>.</summary>
    /// <exception cref="FormatException">The text is no such document; the message says where.</exception>
    public static IReadOnlyList<FaultRule> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var document = JsonNode.Parse(json, documentOptions: SandboxJson.Lenient);
            var rules = document as JsonArray ?? document.Arr("rules")
                ?? throw new FormatException("A fault plan is a JSON array of rules, or an object with the property 'rules'.");
            return [.. rules.Select(rule => rule is null ? throw new FormatException("A fault rule is null.")
                : SandboxJson.From<FaultRule>(rule).Checked())];
        }
        catch (JsonException error)
        {
            var kinds = string.Join(", ", Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
            throw new FormatException($"The fault plan is not valid: {error.Message} Kinds: {kinds}.", error);
        }
    }

    internal string KindName => JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    internal FaultRule Checked()
    {
        if (Target is not (null or "openai" or "anthropic" or "composio"))
        {
            throw new FormatException($"The fault target '{Target}' is unknown. Targets: openai, anthropic, composio.");
        }

        if (Nth is <= 0 || First is <= 0 || Every is <= 0 || Probability is < 0 or > 1 || Ms is < 0 || Status is < 100 or > 599)
        {
            throw new FormatException(
                $"The fault rule '{Name ?? Kind.ToString()}' has a number out of range: nth, first and every start at 1, "
                + "probability is 0 to 1, ms is not negative, status is 100 to 599.");
        }

        return this;
    }
}
