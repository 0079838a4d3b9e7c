using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Writes the arguments of a call from the step, the conversation and what tools have answered.</summary>
internal sealed partial class ArgumentAuthor(Facts facts, ToolTask task, ToolSpec tool, string step)
{
    private static readonly string[] Recipients = ["recipient_email", "to", "to_email", "email", "recipient"];
    private static readonly string[] Bodies = ["markdown_text", "text", "body", "message", "content", "message_body"];

    /// <summary>Replaces a value that is only known later by a reference to it; null where no references are spoken of.</summary>
    public Func<string, string?>? Reference { get; init; }

    public JsonObject Write()
    {
        var document = new SchemaDocument(tool.Schema);
        var schema = document.Resolve(document.Root);
        var author = new SchemaAuthor(document, facts, task);
        var required = SchemaDocument.RequiredOf(schema);
        var properties = schema.Obj("properties") ?? [];
        var recipient = First(Recipients, properties, required);
        var body = First(Bodies, properties, required);
        var arguments = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (value is not JsonObject part)
            {
                continue;
            }

            var own = Own(name, document.Resolve(part), name == recipient, name == body);
            if (own is not null)
            {
                arguments[name] = Typed(document.Resolve(part), own);
            }
            else if (required.Contains(name))
            {
                arguments[name] = author.Value(part, name, 1, 0);
            }
        }

        foreach (var name in required.Where(name => !arguments.ContainsKey(name)))
        {
            arguments[name] = author.Value([], name, 1, 0);
        }

        return arguments;
    }

    /// <summary>The required arguments that nobody can make up: ids of things, and addresses.</summary>
    public IReadOnlyList<string> Missing() => [.. SchemaDocument.RequiredOf(tool.Schema).Where(name => Labels.Key(name) switch
    {
        "order_id" => OrderId() is null,
        "recipient_email" or "to" when IsMail() => Recipient() is null,
        _ => false,
    })];

    private string? Own(string name, JsonObject schema, bool isRecipient, bool isBody)
    {
        if (isRecipient)
        {
            return Recipient();
        }

        if (isBody && (IsMail() || IsChat()))
        {
            return IsMail() ? new Letter(facts, task, Reference).Body() : Quoted() ?? new Letter(facts, task, Reference).Notice(step);
        }

        var required = SchemaDocument.RequiredOf(tool.Schema).Contains(name);
        return Labels.Key(name) switch
        {
            "order_id" or "order_number" or "order" when IsScalar(schema) => OrderId(),
            "return_id" => facts.Any("return_id") ?? Reference?.Invoke("return_id"),
            "subject" when IsMail() => new Letter(facts, task, Reference).Subject(),
            "channel" or "channel_id" or "channel_name" when IsChat() => Channel(),
            "name" when IsChat() => Labels.Key(Facts.ChannelIn(step) ?? Quoted() ?? "support " + (facts.OrderId ?? "cases")).Replace('_', '-'),
            "reason" or "return_reason" => new FieldGuess(facts, task).Reason() ?? (required ? "customer request" : null),
            "owner" => Facts.RepositoryIn(facts.LastUser)?.Split('/')[0] ?? facts.Label("owner"),
            "repo" or "repository" => Facts.RepositoryIn(facts.LastUser) is { } repository ? (SchemaDocument.RequiredOf(tool.Schema).Contains("owner") ? repository.Split('/')[1] : repository) : facts.Label("repo"),
            "title" => Quoted() ?? facts.Label("title") ?? (required ? Title() : null),
            "status" when IsScalar(schema) && schema.Arr("enum") is null => StatusWord().Match(step) is { Success: true } status ? status.Groups[1].Value.Trim('"', '\'') : null,
            "url" => Facts.UrlIn(step) ?? Facts.UrlIn(facts.LastUser),
            "query" or "search" or "q" => required ? Quoted() ?? facts.CustomerText : Quoted(),
            "user_id" => null,
            var key => facts.Label(key) ?? facts.QuotedText(key),
        };
    }

    /// <summary>What the step itself says of an order goes before what the conversation says.</summary>
    private string? OrderId() => Facts.FirstOrder(step) ?? facts.OrderId ?? facts.ResultText("order_id");

    private string? Recipient() => Facts.EmailIn(step) ?? facts.Email ?? facts.ResultText("email") ?? Reference?.Invoke("email");

    private string? Quoted() => QuotedText().Match(step) is { Success: true } match ? match.Groups[1].Value : null;

    private string Channel()
    {
        var named = Facts.ChannelIn(step) ?? Facts.ChannelIn(facts.LastUser);
        return named is not null ? named
            : step.Contains("supervisor", StringComparison.OrdinalIgnoreCase) ? "supervisors"
            : step.Contains("escalat", StringComparison.OrdinalIgnoreCase) ? "support-escalations"
            : facts.Label("channel") ?? facts.QuotedText("channel") ?? "general";
    }

    private string Title() => Digest.Clip(facts.CustomerText.Split('\n')[0], 80) is { Length: > 0 } title ? title : "Follow-up";

    private bool IsMail() => Words.Of(tool.Name).Any(word => word is "email" or "mail" or "gmail" or "outlook");

    private bool IsChat() => Words.Of(tool.Name).Any(word => word is "slack" or "channel" or "teams" or "chat" or "message" or "discord");

    private static bool IsScalar(JsonObject schema) => SchemaDocument.TypesOf(schema) is [] or ["string"] or ["integer"] or ["number"] or [_, "null"];

    /// <summary>The name that a tool knows the role by: a required one first, then the one that stands first in our list.</summary>
    private static string? First(string[] names, JsonObject properties, IReadOnlyList<string> required) =>
        Array.Find(names, required.Contains) ?? Array.Find(names, properties.ContainsKey);

    private static JsonNode? Typed(JsonObject schema, string text)
    {
        var types = SchemaDocument.TypesOf(schema);
        return types.Contains("integer") && long.TryParse(text, out var whole) ? JsonValue.Create(whole)
            : types.Contains("number") && double.TryParse(text, out var number) ? JsonValue.Create(number)
            : types.Contains("boolean") && bool.TryParse(text, out var flag) ? JsonValue.Create(flag)
            : types.Contains("array") && !types.Contains("string") ? new JsonArray(text)
            : types.Contains("object") && !types.Contains("string") ? (JsonReading.TryParse(text, out var node) && node is JsonObject ? node : new JsonObject())
            : JsonValue.Create(text);
    }

    [GeneratedRegex("[\"“]([^\"”]{2,400})[\"”]")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"\b(?:to|as)\s+(""[^""]+""|'[^']+'|[A-Za-z_]+)\s*\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex StatusWord();
}
