"""The pages of casework for everybody and for mediators."""
