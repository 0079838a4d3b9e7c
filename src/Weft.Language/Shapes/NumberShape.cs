namespace Weft.Language.Shapes;

/// <summary>A number.</summary>
internal sealed class NumberShape(double min, double max, bool whole) : Shape
{
    public double Min { get; } = min;

    public double Max { get; } = max;

    public bool Whole { get; } = whole;

    public override string Expected => Whole ? "a whole number" : "a number";

    public string Range => double.IsPositiveInfinity(Max) ? $"{Min:0.##} or more" : $"from {Min:0.##} to {Max:#,0.##}";
}
