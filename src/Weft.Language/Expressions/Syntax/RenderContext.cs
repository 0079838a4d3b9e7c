using System.Globalization;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>One evaluation of one template: its scope, its locals, what it has written and what it may still do.</summary>
internal sealed class RenderContext(string source, ExpressionScope scope, TemplateOptions options, int locals, TextSink output)
{
    private const int MostWarnings = 100;
    private int _turns;
    private List<TemplateWarning>? _warnings;

    public ExpressionScope Scope => scope;

    public TemplateLimits Limits => options.Limits;

    public bool IsStrict => options.Mode == TemplateMode.Strict;

    public WorkBudget Budget { get; } = new(options.Limits.Steps);

    public TextSink Output => output;

    public Value[] Locals { get; } = locals == 0 ? [] : new Value[locals];

    /// <summary>Gets or sets what <c>.</c> means; <see cref="ValueKind.Absent"/> while it is the scope.</summary>
    public Value Dot { get; set; }

    /// <summary>Gets or sets the offset of what is being evaluated, for the errors of those who do not know it.</summary>
    public int At { get; set; }

    public IReadOnlyList<TemplateWarning> Warnings => _warnings ?? (IReadOnlyList<TemplateWarning>)[];

    public TemplateException Fault(string code, string fault) => Fault(code, fault, At);

    public TemplateException Fault(string code, string fault, int offset) =>
        new(code, fault, TemplatePosition.At(source, offset), SourceExcerpt.Around(source, offset));

    /// <summary>Lets a value pass; one that leads nowhere is an error in strict mode, and null with a warning in lenient mode.</summary>
    public Value Require(Value value)
    {
        if (value.Kind != ValueKind.Undefined)
        {
            return value.Kind == ValueKind.Absent ? Value.Null : value;
        }

        var missing = MissingPath.Explain(value.Undefined!, scope); // an Undefined always says where
        var offset = value.Undefined!.Offset; // as above
        if (IsStrict)
        {
            throw new TemplateException(
                TemplateErrorCodes.UnknownPath, missing.Message, TemplatePosition.At(source, offset), SourceExcerpt.Around(source, offset))
            {
                UnknownPath = missing.Path,
                Suggestion = missing.Suggestion,
            };
        }

        _warnings ??= [];
        if (_warnings.Count < MostWarnings && !_warnings.Exists(x => x.Path == missing.Path))
        {
            _warnings.Add(new TemplateWarning(missing.Path, missing.Message, TemplatePosition.At(source, offset)));
        }

        return Value.Null;
    }

    /// <summary>Whether a value decides for yes. A secret decides nothing: whether it is set shows only where it is put in.</summary>
    public bool IsTrue(Value value)
    {
        RefuseSecret(value);
        return value.IsTruthy;
    }

    /// <summary>Refuses to look into the mark of a secret as if it were the value.</summary>
    public void RefuseSecret(Value value)
    {
        if (value.IsText && SecretPlaceholders.Contains(value.AsText))
        {
            throw Fault(
                TemplateErrorCodes.Secret,
                $"The value of {string.Join(", ", SecretPlaceholders.Names(value.AsText).Select(x => "env." + x))} is put in right "
                + $"before it is sent: a template can't compare it, cut it or decide by it. For a default, write 'env.NAME | default(…)'.");
        }
    }

    /// <summary>Counts one more turn of a loop.</summary>
    public void Turn()
    {
        if (++_turns > Limits.LoopIterations)
        {
            throw Fault(
                TemplateErrorCodes.Limit,
                $"The loops take more than {Limits.LoopIterations.ToString("N0", CultureInfo.InvariantCulture)} turns. Work on fewer "
                + $"items.");
        }

        Budget.Spend();
    }

    /// <summary>The text of a value, counted by its length.</summary>
    public string TextOf(Value value)
    {
        var text = ValueText.Of(Require(value), Limits.OutputLength);
        Budget.Spend(1 + (text.Length / 16));
        return text;
    }

    /// <summary>Makes a text of a length known before it is made.</summary>
    public void AllowText(long length)
    {
        if (length > Limits.OutputLength)
        {
            throw Fault(
                TemplateErrorCodes.Limit,
                $"The text grows beyond {Limits.OutputLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        }

        Budget.Spend(1 + (length / 16));
    }

    /// <summary>Makes a list of a length known before it is made.</summary>
    public void AllowItems(long count)
    {
        if (count > Limits.Steps)
        {
            throw Fault(TemplateErrorCodes.Limit, "The list is too long.");
        }

        Budget.Spend(count);
    }
}
