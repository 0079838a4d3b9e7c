using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>One execution of a tool. What it does is data: the steps of its <c>action</c> in the document of its toolkit.</summary>
/// <remarks>
/// A step is named by its first member, and done when its <c>when</c> holds: <c>find</c> a row of a table, or fail with <c>else</c>;
/// <c>list</c> rows; <c>set</c> values; make <c>new</c> a value that differs with each row of a table, or an amount of <c>money</c>; keep
/// <c>only</c> some fields; <c>put</c> a row, or members into one; <c>refuse</c>; <c>answer</c>. Texts have values in them as those of
/// scripts do: of arguments, of what was found, and <c>user</c>, <c>now</c>, <c>unix</c>, <c>base</c>. The caller holds the state's gate.
/// </remarks>
internal sealed class ActionRun
{
    private readonly SandboxState _state;
    private readonly DateTimeOffset _now;
    private readonly JsonObject _known;
    private readonly Wording _wording;

    public ActionRun(SandboxState state, JsonObject arguments, string user, DateTimeOffset now, Uri baseAddress)
    {
        (_state, _now) = (state, now);
        _wording = new Wording(Known);
        _known = new JsonObject(arguments.Select(argument => KeyValuePair.Create(argument.Key, Given(argument.Key, argument.Value))))
        {
            ["arguments"] = arguments.DeepClone(),
            ["user"] = user,
            ["now"] = SeedData.Time(now),
            ["unix"] = now.ToUnixTimeSeconds(),
            ["base"] = baseAddress.AbsoluteUri,
        };
    }

    public ActionResult Run(JsonArray steps)
    {
        var done = steps.OfType<JsonObject>().Where(step => step.Obj("when") is not { } when || _wording.Holds(when)).Select(Do);
        return done.FirstOrDefault(result => result is not null) ?? new ActionResult(new JsonObject(), null);
    }

    /// <summary>Does a step; the result is that of the action when the step ends it.</summary>
    private ActionResult? Do(JsonObject step)
    {
        var (kind, what) = step.First();
        var name = what.AsText() ?? string.Empty;
        switch (kind)
        {
            case "find":
                var row = Rows(name).FirstOrDefault(row => Matches(row, step.Obj("where"), isFilter: false));
                Set(step.Str("as"), row?.DeepClone());
                return row is null && step.ContainsKey("else") ? Failure(step, step["else"]) : null;
            case "list":
                Set(step.Str("as"), List(step, Rows(name)));
                return null;
            case "set":
                foreach (var (value, template) in (JsonObject)what!) // It is an object of values.
                {
                    Set(value, _wording.Fill(template));
                }

                return null;
            case "new":
                Set(name, New(_wording.Text(step["of"]), step));
                return null;
            case "money":
                Set(name, Shop.Money(Shop.Amount(_wording.Fill(step["of"]))));
                return null;
            case "only":
                Keep(_wording.Text(step["of"]), Known(name));
                return null;
            case "put":
                Put(name, _wording.Text(step["id"]) ?? string.Empty, step);
                return null;
            case "refuse":
                return Failure(step, what);
            default:
                return new ActionResult(Shown(_wording.Fill(what) ?? new JsonObject()), null);
        }
    }

    private ActionResult Failure(JsonObject step, JsonNode? error) =>
        new(_wording.Fill(step["data"]) ?? new JsonObject(), _wording.Text(error));

    private void Set(string? name, JsonNode? value) => _known[name ?? string.Empty] = value;

    private IEnumerable<JsonObject> Rows(string table) => table != Shop.Orders ? _state.Rows(table)
        : Known("order_id").AsText() is not { } id ? Shop.All(_state, _now)
        : Shop.Find(_state, id, _now) is { } order ? [order] : [];

    private JsonArray List(JsonObject step, IEnumerable<JsonObject> rows)
    {
        var found = rows.Where(row => Matches(row, step.Obj("where"), isFilter: true));
        if (_wording.Text(step["text"]) is { } text)
        {
            found = found.Where(row => SandboxJson.Text(row).Contains(text.TrimStart('#'), StringComparison.OrdinalIgnoreCase));
        }

        if (step.Str("newest") is { } moment)
        {
            found = found.Reverse().OrderByDescending(row => row.Str(moment), StringComparer.Ordinal);
        }

        var most = _wording.Fill(step["take"]).AsNumber() ?? int.MaxValue;
        return new JsonArray([.. found.Take((int)most).Select(row => row.DeepClone())]);
    }

    /// <summary>Whether a row has what is asked for. In a filter, what nobody asked for does not count.</summary>
    private bool Matches(JsonObject row, JsonObject? where, bool isFilter) => (where ?? []).All(field => _wording.Fill(field.Value) switch
    {
        null or JsonArray { Count: 0 } => isFilter,
        var wanted => field.Key.Split('|').Any(name => Wording.Fits(row.At(name), Bare(wanted))),
    });

    /// <summary>Names and numbers may be written with '#', and several of them with commas; <c>any</c> is any.</summary>
    private static JsonNode Bare(JsonNode wanted) => wanted.AsText() is not { } text ? wanted
        : text == "any" ? "*"
        : new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => (JsonNode)part.TrimStart('#'))]);

    /// <summary>A value of a form: <c>{0}</c> in it counts the rows, <c>{1}</c> and <c>{2}</c> are 16 hex digits.</summary>
    private JsonNode New(string? seed, JsonObject step)
    {
        var count = _state.Count(seed ?? string.Empty);
        var (number, hex) = (count + (step.Int("plus") ?? 0), Digest.Hex($"{seed}/{count}")[..16]);
        var text = string.Format(CultureInfo.InvariantCulture, _wording.Text(step["form"]) ?? "{0}", number, hex, hex.ToUpperInvariant());
        return step.Str("form") == "{0}" ? int.Parse(text, CultureInfo.InvariantCulture) : text;
    }

    private void Put(string table, string id, JsonObject step)
    {
        var kept = table == Shop.Orders ? Shop.Row(_state, id, _now) : _state.Find<JsonObject>(table, id);
        var row = _wording.Fill(step["row"]) as JsonObject ?? kept ?? [];
        foreach (var (name, value) in _wording.Fill(step["with"]) as JsonObject ?? [])
        {
            row[name] = value?.DeepClone();
        }

        _state.Put(table, id, row);
    }

    /// <summary>Keeps the fields of a comma list, and the id.</summary>
    private static void Keep(string? fields, JsonNode? what)
    {
        if (fields is null)
        {
            return;
        }

        string[] kept = [.. fields.Split(',', StringSplitOptions.TrimEntries), "id"];
        foreach (var row in Objects(what))
        {
            foreach (var name in row.Select(field => field.Key).Except(kept).ToList())
            {
                row.Remove(name);
            }
        }
    }

    private static JsonNode Shown(JsonNode answer)
    {
        foreach (var order in answer.Properties().Select(property => property.Value).Prepend(answer).SelectMany(Objects).ToList())
        {
            order.Remove(Shop.Hidden);
        }

        return answer;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node is JsonArray several ? several.OfType<JsonObject>() : node is JsonObject one ? [one] : [];

    private JsonNode? Known(string path) => _known.At(path);

    /// <summary>An argument without the blanks around it; a blank one is none.</summary>
    private static JsonNode? Given(string name, JsonNode? value) => value.AsText() is not { } text ? value?.DeepClone()
        : text.Trim() is not { Length: > 0 } trimmed ? null
        : name == "order_id" ? Shop.Id(trimmed)
        : name == "name" ? trimmed.TrimStart('#')
        : trimmed;
}
