using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>What a conversation says: its labelled values, the JSON it quotes, what tools answered, and the entities in its text.</summary>
internal sealed partial class Facts
{
    private static readonly string[] CustomerLabels =
    [
        "customer_message", "customer", "message", "customer_has_a_complaint", "inquiry", "question", "user_message", "user", "issue", "ticket", "complaint",
        "review", "feedback", "text", "email_body", "content", "query", "user_input", "input",
    ];

    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly List<JsonNode> _quoted = [];

    private Facts(ModelRequest request)
    {
        Request = request;
        UserText = string.Join("\n\n", request.Turns.Where(turn => turn.Speaker == Speaker.User).Select(turn => turn.Text));
        var said = request.Turns.Where(turn => turn.Speaker == Speaker.User && turn.Text.Length > 0).Select(turn => turn.Text).ToList();
        var wishes = said.FindAll(text => !Nudge().IsMatch(text));
        LastUser = wishes.LastOrDefault() ?? said.LastOrDefault() ?? string.Empty;
        Wishes = wishes.Count > 0 ? string.Join("\n\n", wishes) : UserText;
        Prompt = request.System.Length > 0 ? request.System + "\n\n" + UserText : UserText;
        foreach (var text in new[] { LastUser, Wishes, request.System })
        {
            foreach (var (label, value) in Labels.In(text))
            {
                if (value.Length > 0)
                {
                    _labels.TryAdd(label, value);
                }
            }
        }

        _quoted.AddRange(JsonFragments.In(UserText).Select(fragment => fragment.Node).Where(node => !LooksLikeSchema(node)));
        Results = [.. request.Turns.SelectMany(turn => turn.Outcomes).Select(outcome => JsonReading.TryParse(outcome.Text, out var node) ? node : JsonValue.Create(outcome.Text))];
        CustomerText = CustomersOwn() ?? WithoutInstructions();
        HasCustomer = CustomersOwn() is not null;
    }

    public ModelRequest Request { get; }

    /// <summary>System and user text together.</summary>
    public string Prompt { get; }

    public string UserText { get; }

    /// <summary>What the user wants: the user's text without nudges, lists of tools and accounts of what happened.</summary>
    public string Wishes { get; }

    /// <summary>Whether a label or a field says what the customer wrote.</summary>
    public bool HasCustomer { get; }

    /// <summary>What the user wants: the last thing said that is not a nudge to go on, to answer or to mend an answer.</summary>
    public string LastUser { get; }

    /// <summary>What the customer wrote, without the instructions around it.</summary>
    public string CustomerText { get; }

    /// <summary>What the tools answered, oldest first.</summary>
    public IReadOnlyList<JsonNode> Results { get; }

    /// <summary>The JSON documents in the user's text.</summary>
    public IReadOnlyList<JsonNode> Quoted => _quoted;

    public IReadOnlyDictionary<string, string> Labelled => _labels;

    public string? OrderId => Label("order_id") is { } labelled && OrderNumber().Match(labelled) is { Success: true } id
        ? id.Groups[1].Value
        : FirstOrder(CustomerText) ?? FirstOrder(LastUser) ?? FirstOrder(Wishes) ?? QuotedText("order_id");

    public string? Email => Label("customer_email") is { } labelled && EmailIn(labelled) is { } email
        ? email
        : EmailIn(CustomerText) ?? EmailIn(LastUser) ?? EmailIn(Wishes) ?? QuotedText("customer_email") ?? QuotedText("email") ?? ResultText("email");

    public string? CustomerName => Label("customer_name") ?? Label("name") ?? Label("first_name") ?? GreetingName() ?? QuotedText("customer_name") ?? QuotedText("name")
        ?? (NameIntroduction().Match(CustomerText) is { Success: true } match ? match.Groups[1].Value : null)
        ?? ResultText("first_name") ?? NameFrom(Email);

    public static Facts From(ModelRequest request) => new(request);

    public string? Label(string key) => _labels.TryGetValue(key, out var value) ? value : null;

    /// <summary>The newest value that tools answered under a name, as text.</summary>
    public string? ResultText(string name)
    {
        for (var i = Results.Count - 1; i >= 0; i--)
        {
            if (TextUnder(Results[i], name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The newest value that the prompt's JSON has under a name, as text.</summary>
    public string? QuotedText(string name)
    {
        for (var i = _quoted.Count - 1; i >= 0; i--)
        {
            if (TextUnder(_quoted[i], name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public JsonNode? ResultNode(string name) => Results.Concat(_quoted).Reverse()
        .SelectMany(node => node.Properties()).FirstOrDefault(property => Labels.Key(property.Key) == name && property.Value is not null).Value;

    /// <summary>A value by name from wherever there is one: tools, labels, quoted JSON.</summary>
    public string? Any(string name) => ResultText(name) ?? Label(name) ?? QuotedText(name);

    public static string? EmailIn(string? text) => text is not null && EmailAddress().Match(text) is { Success: true } match ? match.Value : null;

    public static string? UrlIn(string? text) => text is not null && Url().Match(text) is { Success: true } match ? match.Value.TrimEnd('.', ',', ')') : null;

    public static string? FirstOrder(string? text) => text is not null && Order().Match(text) is { Success: true } match
        ? match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value : null;

    public static IReadOnlyList<string> AllOrders(string text) => [.. Order().Matches(text)
        .Select(match => match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value).Distinct(StringComparer.Ordinal)];

    public static string? ChannelIn(string? text) => text is not null && Channel().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    public static string? RepositoryIn(string? text) => text is not null && Repository().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A first name out of an address whose local part looks like one.</summary>
    public static string? NameFrom(string? email)
    {
        var part = email?.Split('@')[0].Split('.', '_', '-')[0];
        return part is { Length: > 2 and < 16 } && part.All(char.IsAsciiLetter) && part is not ("info" or "support" or "sales" or "admin" or "customer" or "team" or "noreply")
            ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()
            : null;
    }

    private static string? TextUnder(JsonNode node, string name) =>
        node.Properties().FirstOrDefault(property => Labels.Key(property.Key) == name && property.Value.AsScalarText() is { Length: > 0 }).Value.AsScalarText();

    // "Greeting for: alice" names somebody; "You greet people: warmly and briefly." says how.
    private string? GreetingName() => _labels.FirstOrDefault(label => label.Key.Contains("greet", StringComparison.Ordinal) && label.Value.Length < 60
            && (label.Key.EndsWith("_for", StringComparison.Ordinal) || label.Key.EndsWith("_to", StringComparison.Ordinal) || !char.IsLower(label.Value[0]))).Value
        ?? (GreetWhom().Match(LastUser) is { Success: true } match ? match.Groups[1].Value : null);

    private string? CustomersOwn()
    {
        if (_labels.FirstOrDefault(label => Speaking().IsMatch(label.Key)).Value is { Length: > 0 } spoken)
        {
            return spoken.Trim('"', '\'', ' ');
        }

        foreach (var label in CustomerLabels)
        {
            if (Label(label) is { Length: > 0 } labelled && !labelled.StartsWith('{'))
            {
                return labelled.Trim('"', '\'', ' ');
            }
        }

        foreach (var label in CustomerLabels)
        {
            if (QuotedText(label) is { Length: > 0 } quoted)
            {
                return quoted;
            }
        }

        return null;
    }

    private string WithoutInstructions()
    {
        var lines = LastUser.Split('\n').Where(line => !Instruction().IsMatch(line) && !Quoting().IsMatch(line)).ToList();
        return lines.Count > 0 ? string.Join('\n', lines).Trim() : LastUser;
    }

    private static bool LooksLikeSchema(JsonNode node) => node.Obj("properties") is not null && node.Str("type") == "object";

    [GeneratedRegex(@"(?:\border\b\s*(?:id|number|no\.?|num)?\s*[:#]?\s*#?\s*(\d{3,}))|(?:#(\d{3,}))|(?:\b(?:order|ord)[-_](\d{3,})\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(@"^\s*(?:your (?:last )?answer (?:can't|cannot|could not) be used|this is your last turn|(?:please )?(?:continue|go on|proceed)\b|answer again|that is not valid|the (?:answer|json) (?:is|was) (?:not valid|invalid)|context:\s*```|(?:available )?tools:\s*\n|what has happened so far|results so far:|report of \w|now give the final answer|this is the last round)", RegexOptions.IgnoreCase)]
    private static partial Regex Nudge();

    [GeneratedRegex("^(?:a_|the_)?(?:customer|user|client)_(?:[a-z0-9_]+_)?(?:complains|says|writes|asks|wrote|said|asked)$")]
    private static partial Regex Speaking();

    /// <summary>Lines of a quoted document, and labels with a word or two.</summary>
    [GeneratedRegex(@"^\s*(?:[{}\[\]""]|```|[A-Za-z][A-Za-z _]{1,20}:(?:\s+\S+){0,2}\s*$)")]
    private static partial Regex Quoting();

    [GeneratedRegex(@"#?([A-Za-z]*-?\d{3,})")]
    private static partial Regex OrderNumber();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"https?://[^\s""'<>\\]+")]
    private static partial Regex Url();

    [GeneratedRegex(@"(?<![\w/])#([a-z][a-z0-9_-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Channel();

    [GeneratedRegex(@"(?<![\w/:.@])([A-Za-z0-9][\w-]*/[A-Za-z0-9][\w.-]*)(?![\w/])")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\b(?:my name is|i am|i'm|this is)\s+([A-Z][a-z]+)\b")]
    private static partial Regex NameIntroduction();

    [GeneratedRegex(@"(?i:\bgreet(?:ing)?s?\b(?:\s+(?:for|to))?)\s*:?\s+([A-Z][\w'-]*)")]
    private static partial Regex GreetWhom();

    [GeneratedRegex(@"^\s*(?:classify|return|respond|reply|answer|output|analy[sz]e|provide|determine|extract|generate|use)\b.*(?:json|intent|schema|following|this|category|below)|^\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Instruction();
}
