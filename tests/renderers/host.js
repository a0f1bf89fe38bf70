/* A host that looks like a Teams chat in the light theme. */
const colour = (normal, subtle) => ({ default: normal, subtle });
const style = (background) => ({
  backgroundColor: background,
  foregroundColors: {
    default: colour("#242424", "#616161"),
    accent: colour("#5b5fc7", "#5b5fc7"),
    attention: colour("#a4262c", "#a4262c"),
    good: colour("#237b4b", "#237b4b"),
    warning: colour("#8a5a00", "#8a5a00"),
  },
});

export const host = {
  fontFamily: "'Segoe UI', 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  spacing: { small: 4, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 16 },
  containerStyles: { default: style("#ffffff"), emphasis: style("#f5f5f5"), attention: style("#fdf3f4") },
  actions: {
    maxActions: 6,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    buttonSpacing: 8,
    spacing: "default",
    showCard: { actionMode: "inline" },
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", color: "default", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder", color: "default" },
    },
    errorMessage: { color: "attention", spacing: "small" },
  },
};
