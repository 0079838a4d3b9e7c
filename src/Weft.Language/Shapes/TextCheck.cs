using System.Globalization;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Shapes;

/// <summary>Checks scalars.</summary>
internal sealed class TextCheck(DiagnosticBag bag, ExpressionIndex expressions, IReadOnlyCollection<string> toolTypes)
{
    private const int LongestId = 128;

    public void Check(SourceScalar scalar, Shape shape, string what)
    {
        switch (shape)
        {
            case NumberShape number:
                CheckNumber(scalar, number, what);
                break;
            case BoolShape:
                if (scalar.ScalarKind != ScalarKind.Bool)
                {
                    var meant = scalar.Text.ToLowerInvariant() switch { "yes" or "on" => " Write true.", "no" or "off" => " Write false.",
                        _ => "" };
                    WrongType(scalar, shape, what, meant);
                }

                break;
            case WordShape words:
                if (!words.Words.Contains(scalar.Text) && !(words.TakesToolTypes && toolTypes.Contains(scalar.Text)))
                {
                    bag.Error(DiagnosticCodes.NotAllowed, scalar,
                        $"'{what}' cannot be '{scalar.Text.Clip(60)}'.{NearMiss.HintOrList(scalar.Text, words.Words, "Allowed", 20)}");
                }

                break;
            case TextShape text:
                CheckText(scalar, text, what);
                break;
        }
    }

    /// <summary>
    /// Whether a text can be an id: letters, digits, <c>_</c> and <c>-</c>, at most 128, a letter, digit or <c>_</c> first.
    /// </summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private void CheckText(SourceScalar scalar, TextShape shape, string what)
    {
        if (scalar.ScalarKind is ScalarKind.Bool or ScalarKind.Null)
        {
            WrongType(scalar, shape, what, scalar.IsNull ? "" : " Put it in quotes.");
            return;
        }

        switch (shape.Kind)
        {
            case TextKind.Id when !IsId(scalar.Text):
                bag.Error(
                    DiagnosticCodes.BadId, scalar,
                    $"'{what}' cannot be '{scalar.Text.Clip(60)}'. Use letters, digits, '_' and '-', at most {LongestId}, and no '-' "
                    + $"first.");
                break;
            case TextKind.Template:
                expressions.Template(scalar);
                break;
            case TextKind.Expression:
                expressions.Condition(scalar, ConditionText.TypeOf(scalar.Text, "expr"));
                break;
            case TextKind.Duration:
                CheckDuration(scalar, what);
                break;
            case TextKind.DurationTemplate:
                if (scalar.Text.Contains("{{", StringComparison.Ordinal))
                {
                    expressions.Template(scalar);
                }
                else
                {
                    CheckDuration(scalar, what);
                }

                break;
            case TextKind.Time when !TimeText.IsTime(scalar.Text):
                bag.Error(DiagnosticCodes.BadTime, scalar, $"'{what}' must be {shape.Expected}, not '{scalar.Text.Clip(60)}'.");
                break;
            case TextKind.Cron when CronText.Parse(scalar.Text, out var fault) is null:
                bag.Error(DiagnosticCodes.BadTime, scalar, $"'{what}' is not a schedule: {fault}");
                break;
        }
    }

    private void CheckDuration(SourceScalar scalar, string what)
    {
        if (!DurationText.TryParse(scalar.Text, out _))
        {
            bag.Error(
                DiagnosticCodes.BadDuration, scalar,
                $"'{what}' cannot be '{scalar.Text.Clip(60)}'. Write a duration such as 30s, 5m, 1h30m, 7d or '5 minutes', up to 3650d.");
        }
    }

    private void CheckNumber(SourceScalar scalar, NumberShape shape, string what)
    {
        if (scalar.ScalarKind is not (ScalarKind.Integer or ScalarKind.Float))
        {
            WrongType(scalar, shape, what,
                scalar.Form != ScalarForm.Plain && CoreSchema.KindOf(scalar.Text) is ScalarKind.Integer or ScalarKind.Float
                    ? " Leave the quotes out." : "");
            return;
        }

        var value = CoreSchema.Number(scalar.Text) is { } json
            ? double.Parse(json.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : double.NaN;
        if (shape.Whole && !double.IsInteger(value))
        {
            WrongType(scalar, shape, what, "");
        }
        else if (!(value >= shape.Min && value <= shape.Max))
        {
            bag.Error(DiagnosticCodes.OutOfRange, scalar, $"'{what}' must be {shape.Range}, not {scalar.Text.Clip(60)}.");
        }
    }

    private void WrongType(SourceScalar scalar, Shape shape, string what, string hint) =>
        bag.Error(DiagnosticCodes.WrongType, scalar, $"'{what}' must be {shape.Expected}, not {Shown(scalar)}.{hint}");

    /// <summary>Numbers and single words are shown; a longer text may be anything, a secret too.</summary>
    private static string Shown(SourceScalar scalar) => scalar.ScalarKind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Text when scalar.Text.Length is > 0 and <= 8 => $"'{scalar.Text}'",
        ScalarKind.Text => "text",
        _ => scalar.Text,
    };
}
