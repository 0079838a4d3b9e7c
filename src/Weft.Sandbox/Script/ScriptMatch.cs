using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Script;

/// <summary>Which requests a <see cref="ScriptRule"/> answers. All conditions that are given must hold.</summary>
public sealed record ScriptMatch
{
    /// <summary>Gets the model, whole or with <c>*</c> wildcards.</summary>
    public string? Model { get; init; }

    /// <summary>Gets <c>openai</c> or <c>anthropic</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets a text that a message holds, case-insensitive.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets a property that the answer's schema has.</summary>
    public string? SchemaHas { get; init; }

    /// <summary>Gets a tool that must be on offer, by its name as offered.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets tools of which one must be on offer, be listed in the prompt, or have been called. Any spelling will do:
    /// <c>shop.get_order</c> is <c>SHOP_GET_ORDER</c>.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Gets what the user's message must be about: a topic of the sandbox's, such as <c>return</c> or <c>technical</c>.</summary>
    public string? About { get; init; }

    /// <summary>Gets conditions on values that the conversation holds, such as <c>{"order_id": "*"}</c>: see
    /// <see cref="ScriptStep.When"/>.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>Gets how many answers the model must have given in this conversation before, at least.</summary>
    public int Answers { get; init; }

    /// <summary>Gets the one request to answer among those that match otherwise, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>Gets matches of which any will do instead of this one.</summary>
    public IReadOnlyList<ScriptMatch>? Or { get; init; }

    internal bool Fits(Conversation talk) => FitsItself(talk) || Or?.Any(other => other.Fits(talk)) == true;

    private bool FitsItself(Conversation talk) =>
        (Model is null || FileSystemName.MatchesSimpleExpression(Model, talk.Request.Model))
        && (Provider is null || Provider == talk.Request.Provider)
        && (Contains is null || talk.Request.Turns.Any(turn => turn.AllText().Contains(Contains, StringComparison.OrdinalIgnoreCase)))
        && (SchemaHas is null || talk.Schema.Obj("properties")?.ContainsKey(SchemaHas) == true)
        && (Tool is null || talk.Request.Tools.Any(tool => tool.Name == Tool))
        && (Tools is null || Tools.Any(talk.Knows))
        && (Answers == 0 || talk.Request.Turns.Count(turn => turn.Speaker == Speaker.Assistant) >= Answers)
        && (Values is null || new Wording(talk.Values.Find).Holds(Values))
        && (About is null || talk.Values.Text("topic") == About);
}
