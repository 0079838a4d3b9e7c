using System.Globalization;

namespace Weft.Language.Expressions.Values;

/// <summary>The steps that an evaluation may still take. Steps are counted, not time: a replay must end the same way.</summary>
internal sealed class WorkBudget
{
    private readonly long _steps;
    private long _left;

    public WorkBudget(long steps) => _left = _steps = steps;

    public void Spend()
    {
        if (--_left < 0)
        {
            throw Exhausted();
        }
    }

    public void Spend(long count)
    {
        if ((_left -= count) < 0)
        {
            throw Exhausted();
        }
    }

    private ExpressionException Exhausted() =>
        new(TemplateErrorCodes.Limit,
            $"The expression takes more than {_steps.ToString("N0", CultureInfo.InvariantCulture)} steps. Work on fewer items.");
}
